package siodiag.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import siodiag.core.Json;
import siodiag.diagnosis.Diagnosis;

/** What happens to targets as JSON, an object each: the lines of {@code --log}, and what {@code --on-change} reads. */
final class ChangeJson {
    private ChangeJson() {}

    static ObjectNode of(Change change) {
        ObjectNode node = head(
                change.at(),
                change.target(),
                switch (change.kind()) {
                    case FIRST -> "first";
                    case CHANGED -> "change";
                    case OUTAGE -> "outage";
                    case BASELINE -> "baseline";
                });
        if (change.from() != null) {
            state(node.putObject("from"), change.from());
        }
        if (change.to() != null) {
            state(node.putObject("to"), change.to());
            change.to().root().ifPresent(root -> root(node.putObject("root"), root));
        }
        node.put("since", change.since().toString());
        if (change.lasted() != null) {
            node.put("lastedMs", change.lasted().toMillis());
        }
        change.lines().forEach(node.withArray("differences")::add);
        return node.put("summary", ChangeText.what(change));
    }

    static ObjectNode examination(Instant at, URI target, State state, double connectMs) {
        ObjectNode node = head(at, target, "examination");
        state(node, state);
        return node.put("connectMs", Double.isNaN(connectMs) ? null : (Double) (Math.round(connectMs * 10) / 10.0));
    }

    static ObjectNode ended(Instant at, URI target, String transport, String use, String how) {
        return head(at, target, "connection-ended")
                .put("transport", transport)
                .put("use", use)
                .put("how", how);
    }

    private static ObjectNode head(Instant at, URI target, String event) {
        return Json.MAPPER
                .createObjectNode()
                .put("at", at.toString())
                .put("target", target.toString())
                .put("event", event);
    }

    private static void state(ObjectNode node, State state) {
        node.put("verdict", state.verdict().label());
        node.putArray("causes");
        state.causes().forEach(node.withArray("causes")::add);
    }

    private static void root(ObjectNode node, Diagnosis root) {
        node.put("cause", root.cause().id())
                .put("hop", root.hop().label())
                .put("severity", root.severity().label())
                .put("summary", root.summary());
        root.evidence().forEach(node.withArray("evidence")::add);
        node.put("fix", root.fix());
    }
}
