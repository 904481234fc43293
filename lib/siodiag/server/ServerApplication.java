package siodiag.server;

/** What a server does with clients and events, above the protocol. Called on the server's one thread. */
public interface ServerApplication {
    /** A client joined a namespace; the CONNECT packet's answer is already on its way. */
    default void connected(NamespaceMember socket, String auth) {}

    void received(NamespaceMember socket, EventMessage message);

    default void disconnected(NamespaceMember socket, String reason) {}
}
