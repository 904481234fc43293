package siodiag.server;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Other servers that relay to their own clients what this one relays to its clients. */
public interface ServerPeers {
    /**
     * What travels between monitors.
     *
     * @param node      who sends it, so that it is not relayed twice
     * @param room      null for everybody in the namespace
     * @param event     the name as a JSON literal
     * @param arguments each as JSON text
     */
    record Broadcast(
            String node,
            String namespace,
            String room,
            String event,
            List<String> arguments,
            List<byte[]> attachments) {
        public Broadcast {
            Stream.of(node, namespace, event, arguments, attachments).forEach(Objects::requireNonNull);
        }
    }

    /** Why they are not reached; null where they are. */
    String failure();

    /**
     * Tells the others of an event.
     *
     * @param room        null for everybody in the namespace
     * @param nameLiteral the name as a JSON literal
     * @param arguments   each as JSON text
     */
    void publish(String namespace, String room, String nameLiteral, List<String> arguments, List<byte[]> attachments);
}
