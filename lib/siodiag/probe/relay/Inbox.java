package siodiag.probe.relay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import siodiag.core.Text;

/** What one client hears: events that are waited for, and the latest of all. */
final class Inbox {
    private static final int MAX_KEPT = 3;

    private final Map<String, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final Deque<String> latest = new ArrayDeque<>();

    /** Completes with the next event of that name. */
    CompletableFuture<JsonNode> next(String namespace, String event) {
        CompletableFuture<JsonNode> next = new CompletableFuture<>();
        awaited.put(namespace + " " + event, next);
        return next;
    }

    void onEvent(String namespace, String event, JsonNode packet) {
        synchronized (latest) {
            latest.addLast(Text.cut(packet.toString(), 120) + " in " + namespace);
            if (latest.size() > MAX_KEPT) {
                latest.removeFirst();
            }
        }
        CompletableFuture<JsonNode> waiting = awaited.remove(namespace + " " + event);
        if (waiting != null) {
            waiting.complete(packet);
        }
    }

    /** The latest few events, as evidence. */
    List<String> lately() {
        synchronized (latest) {
            return new ArrayList<>(latest);
        }
    }
}
