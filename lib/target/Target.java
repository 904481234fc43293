package siodiag;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is under test.
 *
 * @param path       the Engine.IO path, with one slash before it and none behind
 * @param token      sent as {@code auth: {"token": …}}
 * @param namespaces the namespaces under test; those of the flow where the user named none
 * @param origin     the page's origin to test CORS for; null for none
 * @param peers      other nodes of the same deployment
 * @param timeout    the longest wait for one answer
 * @param insecure   whether any TLS certificate will do
 * @param flow       what the server is expected to do with an event; null: find out
 * @param embedded   whether it is the diagnostic's own monitor
 */
public record Target(URI url, String path, String token, List<String> namespaces, String origin, List<URI> peers,
        Duration timeout, boolean insecure, Flow flow, boolean embedded) {

    /** The namespaces of a claude-mpm server, tested where nothing else is said. */
    public static final List<String> DEFAULT_NAMESPACES =
            List.of("/system", "/session", "/claude", "/agent", "/hook", "/todo", "/memory", "/log");
    static final String DEFAULT_PATH = "/socket.io";
    static final String DEFAULT_TOKEN = "dev-token";
    static final int DEFAULT_PORT = 8765;

    Endpoint endpoint() {
        return Endpoint.of(url);
    }

    /** The auth object of a CONNECT with the given token; empty for none. */
    static String auth(String token) {
        return token == null ? "" : Json.write(Map.of("token", token));
    }

    String auth() {
        return auth(token);
    }

    /** The request path: with a slash at the end, as Socket.IO clients send it. */
    String requestPath() {
        return path.endsWith("/") ? path : path + "/";
    }

    /** The same deployment at another node. */
    Target at(URI other) {
        return new Target(other, path, token, namespaces, origin, List.of(), timeout, insecure, flow, embedded);
    }

    Target with(Flow other) {
        return new Target(url, path, token, namespaces, origin, peers, timeout, insecure, other, embedded);
    }

    Target withNamespaces(List<String> other) {
        return new Target(url, path, token, other, origin, peers, timeout, insecure, flow, embedded);
    }

    /** {@code socket.io}, {@code /socket.io/}: all the same path. */
    static String normalPath(String path) {
        String bare = path.strip().replaceAll("^/+|/+$", "");
        return "/" + bare;
    }

    /** {@code hook}, {@code /hook,/log}: each with its slash, each once. */
    static List<String> normalNamespaces(List<String> names) {
        List<String> normal = new ArrayList<>();
        for (String name : names) {
            String stripped = name.strip();
            String full = stripped.startsWith("/") ? stripped : "/" + stripped;
            if (!normal.contains(full)) {
                normal.add(full);
            }
        }
        return List.copyOf(normal);
    }
}
