package siodiag;

/** What a server does with clients and events, above the protocol. Called on the server's one thread. */
interface MonitorApplication {
    /** A client joined a namespace; the CONNECT packet's answer is already on its way. */
    default void connected(MonitorSocket socket, String auth) {
    }

    void received(MonitorSocket socket, MonitorMessage message);

    default void disconnected(MonitorSocket socket, String reason) {
    }
}
