package siodiag;

/** Hears what a session receives, on the session's own thread, in order. */
interface EngineListener {
    /**
     * @param packet an Engine.IO packet; a binary one begins with {@code b}
     * @param nanos  {@link System#nanoTime} at its arrival
     */
    void packet(String packet, long nanos);

    void closed(Closure closure);
}
