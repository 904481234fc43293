package siodiag.target;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import siodiag.core.Redactor;
import siodiag.core.Timings;
import siodiag.core.Wait;
import siodiag.protocol.Credentials;
import siodiag.protocol.Endpoint;
import siodiag.protocol.Parser;

/**
 * What is under test.
 *
 * @param path         the Engine.IO path, with one slash before it and none behind
 * @param stated       what the user stated of the application
 * @param expectations what is expected, by now: what was stated, and what the server was recognised as
 * @param parser       packs the packets: the one that was stated, or found out by now; null: to be found out
 * @param origin       the page's origin to test CORS for; null for none
 * @param peers        other nodes of the same deployment
 * @param timings      how long a run waits, and for what
 * @param idle         for how long to stay connected and idle; zero: not
 * @param insecure     whether any TLS certificate will do
 * @param embedded     the toolkit's own server that it is; null where it is the user's
 */
public record Target(
        URI url,
        String path,
        Credentials credentials,
        Stated stated,
        Expectations expectations,
        Parser parser,
        String origin,
        List<URI> peers,
        Timings timings,
        Duration idle,
        boolean insecure,
        Embedded embedded) {

    public static final String DEFAULT_PATH = "/socket.io";
    public static final String DEFAULT_TOKEN = "dev-token";
    public static final int DEFAULT_PORT = 8765;

    /** A target of which nothing is stated but where it is and how long to wait. */
    public static Target at(URI url, String path, Duration timeout) {
        return new Target(
                url,
                path,
                Credentials.NONE,
                Stated.NOTHING,
                Expectations.of(Stated.NOTHING, Credentials.NONE, null),
                null,
                null,
                List.of(),
                Timings.of(timeout),
                Duration.ZERO,
                false,
                null);
    }

    /** The longest wait for one answer. */
    public Duration timeout() {
        return timings.timeout();
    }

    /** What this run waits for that. */
    public Duration time(Wait wait) {
        return timings.of(wait);
    }

    public Endpoint endpoint() {
        return Endpoint.of(url).with(credentials.certificate());
    }

    /** The namespaces under test. */
    public List<String> namespaces() {
        return expectations.namespaces().value();
    }

    /** What becomes of an event; null where nobody promised anything. */
    public Flow flow() {
        return expectations.flow().orElse(null);
    }

    /** The auth object of a CONNECT, as JSON; empty for none. */
    public String auth() {
        return credentials.auth();
    }

    /** {@code auth.token}; null for none. */
    public String token() {
        return credentials.token();
    }

    /** Every value that must never be shown. */
    public Redactor secrets() {
        Redactor secrets = new Redactor(credentials.secrets().toArray(String[]::new));
        expectations.flows().value().stream()
                .flatMap(flow -> flow.secrets().stream())
                .forEach(secrets::add);
        return secrets;
    }

    /** The request path: with a slash at the end, as Socket.IO clients send it. */
    public String requestPath() {
        return path.endsWith("/") ? path : path + "/";
    }

    /** The same deployment at another node. */
    public Target at(URI other) {
        return new Target(
                other,
                path,
                credentials,
                stated,
                expectations,
                parser,
                origin,
                List.of(),
                timings,
                Duration.ZERO,
                insecure,
                embedded);
    }

    /** The same, recognised: what was stated stays, the rest is what such an application has. */
    public Target as(Application application) {
        boolean given = !credentials.auth().isEmpty() || !application.hasToken();
        Credentials known = given ? credentials : credentials.withToken(DEFAULT_TOKEN, application.source());
        return with(known, Expectations.of(stated, known, application));
    }

    public Target with(Parser spoken) {
        return new Target(
                url, path, credentials, stated, expectations, spoken, origin, peers, timings, idle, insecure, embedded);
    }

    public Target with(Timings other) {
        return new Target(
                url, path, credentials, stated, expectations, parser, origin, peers, other, idle, insecure, embedded);
    }

    public Target with(Flow flow) {
        return with(credentials, expectations.with(flow));
    }

    public Target with(Credentials other) {
        return with(other, expectations);
    }

    public Target withNamespaces(List<String> names) {
        return with(credentials, expectations.withNamespaces(names));
    }

    private Target with(Credentials shown, Expectations expected) {
        return new Target(url, path, shown, stated, expected, parser, origin, peers, timings, idle, insecure, embedded);
    }

    /** {@code socket.io}, {@code /socket.io/}: all the same path. */
    public static String normalPath(String path) {
        String bare = path.strip().replaceAll("^/+|/+$", "");
        return "/" + bare;
    }

    /** {@code hook}, {@code /hook,/log}: each with its slash, each once. */
    public static List<String> normalNamespaces(List<String> names) {
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
