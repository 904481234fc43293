package siodiag.protocol;

/** Hears what a session receives, on the session's own thread, in order. */
public interface EngineListener {
    /**
     * @param packet an Engine.IO packet; a binary one as {@link EngineSession#binary} has it
     * @param nanos  {@link System#nanoTime} at its arrival
     */
    void packet(String packet, long nanos);

    void closed(SessionEnd closure);
}
