package siodiag.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The offsets of the events that one client received: with connection state recovery the last argument of each, which
 * names the packet (socket.io-adapter, SessionAwareAdapter); not of those that are volatile or ask for an acknowledgement.
 */
public final class Offsets implements SocketClient.EventListener {
    /** Ids of the in-memory adapter, of Redis streams (two numbers) and of MongoDB (24 hexadecimal digits). */
    private static final Pattern OFFSET = Pattern.compile("[\\w.-]{6,64}");

    private final Map<String, String> last = new HashMap<>();
    private final Map<String, Integer> events = new HashMap<>();

    @Override
    public synchronized void event(String namespace, String event, JsonNode packet, long nanos) {
        JsonNode end = packet.get(packet.size() - 1);
        events.merge(namespace, 1, Integer::sum);
        if (packet.size() > 1 && end.isTextual() && OFFSET.matcher(end.asText()).matches()) {
            last.put(namespace, end.asText());
        }
    }

    /** That of the last event in a namespace that had one. */
    public synchronized Optional<String> last(String namespace) {
        return Optional.ofNullable(last.get(namespace));
    }

    public synchronized int events(String namespace) {
        return events.getOrDefault(namespace, 0);
    }
}
