package siodiag.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import siodiag.core.Json;
import siodiag.core.Text;
import siodiag.core.UsageException;

/**
 * A saved result of one target, as far as results are compared.
 *
 * @param causes  with their summaries, ignored ones left out
 * @param checks  by their ids: the status
 * @param server  by their names: what the server announced; empty where nothing is known of it
 * @param namespaces that accepted the client
 * @param timings by hop, or by what was measured
 */
record Snapshot(
        String url,
        String version,
        String verdict,
        Map<String, String> causes,
        Map<String, String> checks,
        Map<String, String> server,
        List<String> namespaces,
        Map<String, Sample> timings) {
    private static final long MAX_FILE = 64L * 1024 * 1024;
    private static final int SCHEMA = 1;
    /** Checks that are made in most results; others are compared by their hops' timings. */
    private static final List<String> TIMED =
            List.of("tcp.connect", "tls.handshake", "http.answer", "engine.handshake", "transport.websocket");

    /** The results in a file, by their targets: one of any command, or several of {@code watch}. @throws UsageException in one line */
    static Map<String, Snapshot> read(String option, Path file) {
        JsonNode root;
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new UsageException(option + " " + Text.quote(file.toString(), 120) + ": too large for a result");
            }
            root = Json.parse(Files.readString(file));
        } catch (IOException failure) {
            throw new UsageException(option + " " + Text.quote(file.toString(), 120) + ": can't be read ("
                    + failure.getClass().getSimpleName() + "); a file of --json or --save");
        }
        Map<String, Snapshot> all = all(root);
        if (all.isEmpty()) {
            throw new UsageException(option + " " + Text.quote(file.toString(), 120)
                    + ": not a result; a file that --json or --save has written");
        }
        return all;
    }

    /** By their targets; empty where it is no result. */
    static Map<String, Snapshot> all(JsonNode root) {
        Map<String, Snapshot> all = new LinkedHashMap<>();
        List<JsonNode> results = new ArrayList<>();
        if (root.path("targets").isArray()) {
            root.path("targets").forEach(results::add);
        } else {
            results.add(root);
        }
        for (JsonNode result : results) {
            if (result.path("schema").asInt() == SCHEMA
                    && result.path("verdict").isTextual()) {
                Snapshot one = of(result);
                all.put(one.url, one);
            }
        }
        return all;
    }

    private static Snapshot of(JsonNode result) {
        Map<String, String> causes = new LinkedHashMap<>();
        for (JsonNode diagnosis : result.path("diagnoses")) {
            if (!diagnosis.path("ignored").asBoolean()) {
                causes.put(text(diagnosis, "cause"), text(diagnosis, "summary"));
            }
        }
        Map<String, String> checks = new TreeMap<>();
        Map<String, Sample> timings = new TreeMap<>();
        for (JsonNode check : result.path("checks")) {
            checks.put(text(check, "id"), text(check, "status"));
            if (TIMED.contains(text(check, "id")) && check.path("durationMs").asDouble() > 0) {
                timings.put(
                        text(check, "id"), Sample.once(check.path("durationMs").asDouble()));
            }
        }
        JsonNode latency = result.path("flow").path("latencyMs");
        if (latency.path("p50").isNumber()) {
            timings.put("delivery", Sample.once(latency.path("p50").asDouble()));
        }
        result.path("timings").properties().forEach(hop -> timings.put(hop.getKey(), sample(hop.getValue())));
        List<String> namespaces = new ArrayList<>();
        result.path("server").path("namespaces").forEach(name -> namespaces.add(Text.cut(name.asText(), 120)));
        return new Snapshot(
                text(result.path("target"), "url"),
                text(result, "version"),
                text(result, "verdict"),
                causes,
                checks,
                server(result),
                namespaces,
                timings);
    }

    private static Map<String, String> server(JsonNode result) {
        Map<String, String> server = new LinkedHashMap<>();
        JsonNode facts = result.path("server");
        if (facts.isObject()) {
            server.put("server", text(facts, "family"));
            server.put("ping interval", facts.path("pingIntervalMs").asText() + " ms");
            server.put("ping timeout", facts.path("pingTimeoutMs").asText() + " ms");
            server.put(
                    "payload limit",
                    facts.path("maxPayload").isNumber()
                            ? facts.path("maxPayload").asText() + " bytes"
                            : "not announced");
            List<String> transports = new ArrayList<>();
            facts.path("transports").forEach(name -> transports.add(Text.cut(name.asText(), 40)));
            if (!transports.isEmpty()) {
                server.put("transports", String.join(", ", transports));
            }
        }
        JsonNode application = result.path("application");
        if (application.isObject()) {
            server.put("application", (text(application, "name") + " " + text(application, "version")).strip());
        }
        return server;
    }

    private static Sample sample(JsonNode node) {
        return new Sample(
                node.path("count").asLong(),
                node.path("p10").asDouble(),
                node.path("p50").asDouble(),
                node.path("p90").asDouble());
    }

    private static String text(JsonNode node, String field) {
        return Text.cut(node.path(field).asText(""), 300);
    }
}
