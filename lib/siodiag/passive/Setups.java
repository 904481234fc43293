package siodiag.passive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import siodiag.core.Json;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/** What each client does first: the events that it emits, what answers them, and where its credentials stand. */
final class Setups {
    private static final int MAX_CLIENTS = 500;
    private static final int MAX_STEPS = 8;
    private static final int MAX_ARGS = 8 * 1024;
    private static final int MAX_REPLIES = 4;
    private static final long REPLY_MS = 2_000;

    private final Map<String, List<Step>> byClient = new LinkedHashMap<>();
    private final Set<String> credentials = new LinkedHashSet<>();
    private final Set<String> namespaces = new LinkedHashSet<>();

    /** An event that a client emitted among its first. */
    static final class Step {
        final Emit.Name name;
        final String args;
        final long at;
        final long ack;
        boolean acknowledged;
        final Set<String> replies = new LinkedHashSet<>();

        Step(Emit.Name name, String args, long at, long ack) {
            this.name = name;
            this.args = args;
            this.at = at;
            this.ack = ack;
        }
    }

    void on(ServerEvent event) {
        switch (event.kind()) {
            case HANDSHAKE ->
                Json.parse(String.valueOf(event.args()))
                        .path(0)
                        .path("credentials")
                        .forEach(place -> credential(place.asText()));
            case CONNECT -> connect(event);
            case EVENT -> {
                if (event.isIn()) {
                    emitted(event);
                } else {
                    replied(event);
                }
            }
            case ACK -> {
                if (event.isOut()) {
                    steps(event).stream()
                            .filter(step -> step.ack == event.ack()
                                    && step.name.namespace().equals(event.namespace()))
                            .forEach(step -> step.acknowledged = true);
                }
            }
            default -> {
                // no part of a beginning
            }
        }
    }

    private void connect(ServerEvent event) {
        if (event.direction() == RecordedEvent.Direction.OUT && namespaces.size() < 20) {
            namespaces.add(event.namespace());
        }
        if (event.isIn()) {
            JsonNode auth = Json.parse(String.valueOf(event.args())).path(0);
            auth.fieldNames().forEachRemaining(field -> credential("auth." + field));
        }
    }

    private void credential(String place) {
        if (credentials.size() < 20) {
            credentials.add(place);
        }
    }

    private void emitted(ServerEvent event) {
        if (event.client() == null || event.args() == null || event.args().length() > MAX_ARGS) {
            return;
        }
        List<Step> steps = byClient.size() < MAX_CLIENTS
                ? byClient.computeIfAbsent(event.client(), first -> new ArrayList<>())
                : byClient.getOrDefault(event.client(), new ArrayList<>());
        if (steps.size() < MAX_STEPS) {
            steps.add(new Step(new Emit.Name(event.namespace(), event.event()), event.args(), event.at(), event.ack()));
        }
    }

    private void replied(ServerEvent event) {
        List<Step> steps = steps(event);
        if (!steps.isEmpty()) {
            Step last = steps.get(steps.size() - 1);
            if (event.at() - last.at <= REPLY_MS && last.replies.size() < MAX_REPLIES) {
                last.replies.add(event.event());
            }
        }
    }

    private List<Step> steps(ServerEvent event) {
        return event.client() == null ? List.of() : byClient.getOrDefault(event.client(), List.of());
    }

    List<Step> of(String client) {
        return byClient.getOrDefault(client, List.of());
    }

    /** {@code auth.token}, {@code header cookie}, {@code query key}. */
    Set<String> credentials() {
        return credentials;
    }

    Set<String> namespaces() {
        return namespaces;
    }
}
