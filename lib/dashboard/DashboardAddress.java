package siodiag;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A target as the query of the dashboard's address. The token is left out: {@code ask} tells the
 * page to fetch it from its own server, and to hand its result in there. */
final class DashboardAddress {
    /** The flows that the page knows. */
    private static final Set<String> FLOWS = Set.of("echo", "claude-mpm");

    private DashboardAddress() {
    }

    /** @throws BadInput if the flow is one that the page does not know */
    static String query(Target target) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("url", target.url().toString());
        settings.put("path", target.path());
        settings.put("namespaces", String.join(",", target.namespaces()));
        settings.put("timeout", Double.toString(target.timeout().toMillis() / 1000.0));
        if (target.flow() != null) {
            settings.put("flow", known(target.flow().name()));
        }
        settings.put("ask", target.token().equals(Target.DEFAULT_TOKEN) ? "result" : "token,result");
        return settings.entrySet().stream().map(setting -> setting.getKey() + "=" + encode(setting.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String known(String flow) {
        if (!FLOWS.contains(flow)) {
            throw new BadInput("--flow " + Text.quote(flow, 60) + ": in a browser it can be echo or claude-mpm; e2e takes "
                    + "any flow");
        }
        return flow;
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("%2F", "/").replace("%3A", ":").replace("%2C", ",");
    }
}
