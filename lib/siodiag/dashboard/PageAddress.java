package siodiag.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import siodiag.core.Json;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.protocol.Credentials;
import siodiag.target.Flow;
import siodiag.target.Flows;
import siodiag.target.Target;

/**
 * What the user stated, in the page's own terms: the query of the dashboard's address, and the fields of its form for
 * credentials. These are not part of the address: {@code ask} makes the page to fetch them from its own server, and to hand
 * its result in there.
 */
final class PageAddress {
    private PageAddress() {}

    /** @throws UsageException where the page can't do what was stated */
    static String query(Target target) {
        Credentials credentials = target.credentials();
        if (!credentials.headers().isEmpty() || credentials.certificate() != null) {
            throw new UsageException(
                    "--header and --client-cert: a page in a browser can't send them; conn-auth and run-all can");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("url", target.url().toString());
        settings.put("path", target.path());
        settings.put("timeout", Double.toString(target.timeout().toMillis() / 1000.0));
        if (target.stated().namespaces() != null) {
            settings.put("namespaces", String.join(",", target.stated().namespaces()));
        }
        if (target.stated().flow() != null) {
            putFlow(target.stated().flow(), settings);
        }
        settings.put("ask", credentials.isEmpty() ? "result" : "credentials,result");
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + encode(setting.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    /** The fields {@code token} or {@code auth}, and {@code query} with one {@code NAME=VALUE} a line, as JSON. */
    static String credentials(Credentials credentials) {
        Map<String, String> fields = new LinkedHashMap<>();
        JsonNode auth = Json.parse(credentials.auth());
        boolean tokenOnly = credentials.token() != null && auth.size() == 1;
        fields.put("token", tokenOnly ? credentials.token() : "");
        fields.put("auth", tokenOnly ? "" : credentials.auth());
        fields.put(
                "query",
                credentials.query().entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("\n")));
        return Json.write(fields);
    }

    private static void putFlow(Flow flow, Map<String, String> settings) {
        if (Flows.BUILT_IN.containsValue(flow)) {
            settings.put("flow", flow.name());
            return;
        }
        Flow.Send send = flow.send().get(0);
        String namespaces = settings.computeIfAbsent("namespaces", unstated -> send.namespace());
        boolean goesThere = namespaces.equals(send.namespace())
                || namespaces.contains(",") && send.namespace().equals("/");
        if (!isOneEvent(flow) || !goesThere) {
            throw new UsageException("--flow " + Text.quote(flow.name(), 60)
                    + ": in a browser only a built-in flow, or one event with its expectation; e2e accepts any");
        }
        settings.put("send", send.event());
        settings.put("data", Json.write(send.args()));
        settings.put("expect", flow.receive().isRelayed() ? flow.receiveEvent(send) : Flow.Step.ACK);
    }

    /** One event over the socket, and one thing that comes of it: what the page's form can state. */
    private static boolean isOneEvent(Flow flow) {
        Flow.Send send = flow.send().get(0);
        JsonNode ack = flow.receive().ack();
        boolean oneThing = flow.receive().isRelayed()
                ? ack == null && flow.receiveNamespace(send).equals(send.namespace())
                : ack.isBoolean();
        return flow.send().size() == 1
                && send.via() == Flow.Via.SOCKET
                && flow.join() == null
                && flow.setup().equals(Flow.Setup.NONE)
                && send.args().stream().noneMatch(Flow.Bytes::areIn)
                && oneThing;
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("%2F", "/")
                .replace("%3A", ":")
                .replace("%2C", ",");
    }
}
