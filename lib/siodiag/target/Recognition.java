package siodiag.target;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import siodiag.core.Json;
import siodiag.core.Text;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Refusal;

/** Who is it? By the answer to {@code GET /health}, then by the namespaces. Pure: answers in, an application out. */
public final class Recognition {
    static final String HEALTH = "GET /health";
    /** The field by which this project's own servers name themselves. */
    public static final String OWN_FIELD = "monitor";

    public static final String OWN_NAME = "socketio-diagnostics";
    private static final Set<String> SERVICES = Set.of("claude-mpm-monitor", "claude-mpm-socketio", "unified-monitor");
    /** What claude-mpm's servers tell where they don't find their version. */
    private static final String UNKNOWN_VERSION = "1.0.0";

    private static final int MAX_NAMESPACES = 64;
    private static final int MAX_NAME = 60;

    private Recognition() {}

    /**
     * @param status of the answer to {@code GET /health}
     * @param body   of the same
     */
    public static Optional<Application> byHealth(int status, String body) {
        JsonNode health = Json.parse(body);
        if (status >= 500 && status != 503 || !health.isObject()) {
            return Optional.empty();
        }
        String version = Text.cut(
                health.path(health.has("version") ? "version" : "server_version")
                        .asText(""),
                MAX_NAME);
        if (isClaudeMpm(health)) {
            return Optional.of(
                    Application.claudeMpm(version.equals(UNKNOWN_VERSION) ? "" : version, isService(health)));
        }
        return health.path(OWN_FIELD).asText("").equals(OWN_NAME)
                ? Optional.of(Application.toolkit(ownName(health), version, names(health.path("namespaces"))))
                : Optional.empty();
    }

    /**
     * An application of the first suite's kind has {@code /hook} and at least one more of the eight.
     *
     * @param answers by namespace, without credentials that nobody stated
     * @param unknown the answer for a namespace that can't exist: where that one is connected too, a name proves nothing
     */
    public static Optional<Application> byNamespaces(Map<String, ConnectResult> answers, ConnectResult unknown) {
        if (!(unknown instanceof ConnectResult.ConnectError)) {
            return Optional.empty();
        }
        List<String> existing = Application.EIGHT.stream()
                .filter(name -> exists(answers.get(name), unknown))
                .toList();
        return existing.size() > 1 && existing.contains("/hook")
                ? Optional.of(Application.firstSuite(existing))
                : Optional.empty();
    }

    private static boolean exists(ConnectResult answer, ConnectResult unknown) {
        return answer instanceof ConnectResult.Connected
                || answer instanceof ConnectResult.Disconnected
                || answer instanceof ConnectResult.ConnectError refused
                        && !Refusal.namesUnknownNamespace(refused.payload())
                        && !refused.equals(unknown);
    }

    private static String ownName(JsonNode health) {
        return health.path("server").asText("").equals("netty-socketio")
                ? "this toolkit's server"
                : "this toolkit's monitor";
    }

    /**
     * Servers since September 2025 name a service, those before a server; the standalone one of 3.4 to 3.9 shows it by the
     * shape of its answer. A daemon of the same project without Socket.IO names itself claude-mpm-serve.
     */
    private static boolean isClaudeMpm(JsonNode health) {
        return isService(health)
                || health.path("server").asText("").equals("claude-mpm-python-socketio")
                || health.has("server_id")
                        && health.has("client_versions")
                        && health.has("health_stats")
                        && health.path("dependencies").has("socketio_version");
    }

    private static boolean isService(JsonNode health) {
        return SERVICES.contains(health.path("service").asText(""));
    }

    private static List<String> names(JsonNode namespaces) {
        List<String> names = new ArrayList<>();
        namespaces.forEach(name -> {
            if (names.size() < MAX_NAMESPACES
                    && name.isTextual()
                    && name.asText().matches("/[!-+\\--~]*")) {
                names.add(name.asText());
            }
        });
        return List.copyOf(names);
    }
}
