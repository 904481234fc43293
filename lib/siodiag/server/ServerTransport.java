package siodiag.server;

/** The way packets take to one client. Used on the server's one thread only. */
public interface ServerTransport {
    String name();

    /** Queues the frame; {@link #flush} sends what is queued. */
    void send(OutboundPacket frame);

    void flush();

    /** Bytes queued here and not yet taken by the operating system. */
    long backlog();

    /**
     * Sends what is queued, says goodbye and closes the connection.
     *
     * @param code the WebSocket close code
     */
    void close(int code);
}
