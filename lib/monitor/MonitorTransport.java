package siodiag;

/** The way packets take to one client. Used on the server's one thread only. */
interface MonitorTransport {
    String name();

    /** Queues the frame; {@link #flush} sends what is queued. */
    void send(MonitorFrame frame);

    void flush();

    /** Bytes queued here and not yet taken by the operating system. */
    long backlog();

    /**
     * Sends what is queued, says goodbye and lets go of the connection.
     *
     * @param code the WebSocket close code
     */
    void close(int code);
}
