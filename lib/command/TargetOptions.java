package siodiag;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import picocli.CommandLine.Option;

/** The options that every target-facing command takes. */
public final class TargetOptions {
    static final String PORT_VARIABLE = "CLAUDE_MPM_SOCKETIO_PORT";
    static final String TOKEN_VARIABLE = "CLAUDE_MPM_SOCKETIO_TOKEN";
    private static final double LONGEST_TIMEOUT = 3600;

    @Option(names = "--url", paramLabel = "URL",
            description = "the server under test (default: http://localhost:$" + PORT_VARIABLE + ", else port 8765)")
    String url;

    @Option(names = "--path", paramLabel = "P", defaultValue = Target.DEFAULT_PATH,
            description = "the Engine.IO path (default: ${DEFAULT-VALUE})")
    String path;

    @Option(names = "--token", paramLabel = "T",
            description = "sent as auth: {\"token\": T} (default: $" + TOKEN_VARIABLE + ", else dev-token)")
    String token;

    @Option(names = "--namespaces", paramLabel = "A,B", split = ",",
            description = "namespaces under test (default: the flow's, else claude-mpm's eight)")
    List<String> namespaces;

    @Option(names = "--origin", paramLabel = "O", description = "the web page's origin to test CORS for")
    String origin;

    @Option(names = "--peer", paramLabel = "URL",
            description = "another node of the same deployment, for cross-node delivery (repeatable)")
    List<String> peers = new ArrayList<>();

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "5",
            description = "the longest wait for one answer (default: ${DEFAULT-VALUE})")
    double timeout;

    @Option(names = "--insecure", description = "accept any TLS certificate")
    boolean insecure;

    @Option(names = "--flow", paramLabel = "NAME|FILE",
            description = "what the server does with an event: echo, claude-mpm, claude-mpm-http, or a JSON file "
                    + "(default: found out, else echo)")
    String flow;

    /** Whether the user named a server. */
    public boolean hasUrl() {
        return url != null;
    }

    /** Tests these namespaces where the user named none. */
    public void suggestNamespaces(List<String> names) {
        if (namespaces == null) {
            namespaces = names;
        }
    }

    /** @throws BadInput in one line that says what was wrong and what would be right */
    public Target target() {
        return target(url == null ? defaultUrl() : parse("--url", url), false);
    }

    /** The same options against the diagnostic's own monitor, which takes the same path, token and namespaces. */
    Target embedded(URI monitor) {
        return target(monitor, true);
    }

    /** The token that was given, else the environment's, else the default. */
    public static String tokenOr(String given) {
        return Optional.ofNullable(given).or(() -> Optional.ofNullable(System.getenv(TOKEN_VARIABLE)))
                .orElse(Target.DEFAULT_TOKEN);
    }

    private static URI defaultUrl() {
        String port = System.getenv(PORT_VARIABLE);
        if (port != null && !port.isBlank() && !isPort(port.strip())) {
            throw new BadInput("$" + PORT_VARIABLE + " is " + Text.quote(port, 40) + ": a port is a number from 1 to 65535");
        }
        return URI.create("http://localhost:" + (port == null || port.isBlank() ? Target.DEFAULT_PORT : port.strip()));
    }

    private Target target(URI at, boolean embedded) {
        if (!(timeout > 0) || timeout > LONGEST_TIMEOUT) {
            throw new BadInput("--timeout " + timeout + ": must be more than 0 and at most 3600 seconds");
        }
        if (!path.matches("[!-~]+") || path.contains("?") || path.contains("#")) {
            throw new BadInput("--path " + Text.quote(path, 60) + ": a path such as /socket.io, without spaces or a query");
        }
        Flow expected = flow == null ? null : Flows.named(flow);
        List<String> underTest = namespacesFor(expected);
        checkFlow(expected, underTest);
        return new Target(at, Target.normalPath(path), tokenOr(token), underTest, checkedOrigin(),
                peers.stream().map(peer -> parse("--peer", peer)).toList(),
                Duration.ofNanos((long) (timeout * 1e9)), insecure, expected, embedded);
    }

    /** A flow of the user's own must be sent whole: an event that is left out would be a check that did not run. */
    private static void checkFlow(Flow expected, List<String> underTest) {
        List<String> untested = expected == null || Flows.BUILT_IN.containsValue(expected) ? List.of()
                : expected.untested(underTest);
        if (!untested.isEmpty()) {
            throw new BadInput("--flow " + expected.name() + " sends to " + String.join(", ", untested)
                    + ", which is not under test: name it in --namespaces, or in \"namespaces\" of the flow");
        }
    }

    private List<String> namespacesFor(Flow expected) {
        if (namespaces == null) {
            return expected == null || expected.namespaces().isEmpty() ? Target.DEFAULT_NAMESPACES
                    : expected.namespaces();
        }
        if (namespaces.isEmpty()) {
            throw new BadInput("--namespaces names none: names such as /hook,/log, separated by commas");
        }
        for (String name : namespaces) {
            if (name.isBlank() || !name.strip().matches("[!-+\\--~]+")) {
                throw new BadInput("--namespaces " + Text.quote(String.join(",", namespaces), 80)
                        + ": names such as /hook,/log, separated by commas, none empty");
            }
        }
        return Target.normalNamespaces(namespaces);
    }

    private String checkedOrigin() {
        if (origin != null && !origin.equals("null") && !origin.matches("[a-z][a-z0-9+.-]*://[^/\\s]+")) {
            throw new BadInput("--origin " + Text.quote(origin, 80)
                    + ": an origin is scheme://host[:port] without a path, such as https://app.example");
        }
        return origin;
    }

    private static boolean isPort(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535;
    }

    private static URI parse(String option, String text) {
        String wrong = option + " " + Text.quote(text, 120) + ": ";
        try {
            URI url = new URI(text.strip());
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (!List.of("http", "https", "ws", "wss").contains(scheme) || url.getRawAuthority() == null) {
                throw new BadInput(wrong + "a URL such as http://localhost:8765");
            }
            if (url.getRawQuery() != null || url.getRawUserInfo() != null) {
                throw new BadInput(option + ": takes no query and no user name; the token goes into --token or $"
                        + TOKEN_VARIABLE);
            }
            if (url.getRawPath().length() > 1) {
                throw new BadInput(wrong + "takes no path; --path is for the Engine.IO path, --namespaces for namespaces");
            }
            return URI.create(scheme + "://" + Endpoint.of(url));
        } catch (URISyntaxException failure) {
            throw new BadInput(wrong + "a URL such as http://localhost:8765");
        } catch (IllegalArgumentException failure) {
            throw new BadInput(wrong + failure.getMessage() + "; a URL such as http://localhost:8765");
        }
    }
}
