package siodiag.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import siodiag.catalogue.Cause;
import siodiag.core.Text;
import siodiag.core.Timings;
import siodiag.core.UsageException;
import siodiag.probe.reach.Reach;
import siodiag.protocol.Credentials;
import siodiag.protocol.Endpoint;
import siodiag.protocol.Parser;
import siodiag.target.Embedded;
import siodiag.target.Expectations;
import siodiag.target.Flow;
import siodiag.target.Flows;
import siodiag.target.HookPort;
import siodiag.target.Stated;
import siodiag.target.Target;

/** The options that every target-facing command takes. */
public final class TargetOptions {
    public static final String PORT_VARIABLE = "CLAUDE_MPM_SOCKETIO_PORT";
    private static final double MAX_TIMEOUT = 3600;
    private static final double MAX_IDLE = 86_400;
    private static final Pattern HOST_AND_PORT = Pattern.compile("([\\w.-]+|\\[[0-9a-fA-F:.]+\\]):\\d{1,5}");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "the server under test (default: http://localhost:$" + PORT_VARIABLE + ", otherwise port 8765)")
    String url;

    @Option(
            names = "--path",
            paramLabel = "P",
            defaultValue = Target.DEFAULT_PATH,
            description = "the Engine.IO path; slashes at either end are optional (default: ${DEFAULT-VALUE})")
    String path;

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    @Option(
            names = "--parser",
            paramLabel = "default|msgpack",
            description = "the Socket.IO parser of the application (default: detected)")
    String parser;

    @Option(
            names = "--namespaces",
            paramLabel = "A,B",
            split = ",",
            description =
                    "namespaces under test (default: those of the flow or of a recognised application, otherwise /)")
    List<String> namespaces;

    @Option(names = "--origin", paramLabel = "O", description = "the web page's origin to test CORS for")
    String origin;

    @Option(
            names = "--peer",
            paramLabel = "URL",
            description = "another node of the same deployment, to test delivery across nodes (repeatable)")
    List<String> peers = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "maximum wait for one response (default: ${DEFAULT-VALUE})")
    double timeout;

    @Option(names = "--insecure", description = "accept any TLS certificate")
    boolean insecure;

    @Mixin
    FlowOptions flow = new FlowOptions();

    @Option(
            names = "--ignore",
            paramLabel = "CAUSE",
            description = "report CAUSE, but leave it out of the verdict (repeatable)")
    List<String> ignored = new ArrayList<>();

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "stay connected and idle for SECONDS: what ends the connection, and when")
    double idle;

    /** Whether the user named a server. */
    public boolean hasUrl() {
        return url != null;
    }

    /**
     * The server to examine: the one that was named, else what is found at the default address and claude-mpm's other
     * ports; nothing where nothing listens.
     *
     * @throws UsageException as {@link #target}
     */
    Optional<FoundTarget> found() {
        Target named = target();
        if (hasUrl()) {
            return Optional.of(new FoundTarget(named, Optional.empty()));
        }
        if (hasPort()) {
            return Optional.of(new FoundTarget(named, Optional.empty())).filter(found -> Reach.isListening(named));
        }
        return DefaultServer.find(HookPort.of(System.getenv()))
                .map(server -> new FoundTarget(target(server.url(), null), server.mismatch()));
    }

    /**
     * The server that is found, else the default address, for a command that starts none of its own.
     *
     * @param warning told in one line where hooks post elsewhere
     */
    public Target foundOrDefault(Consumer<String> warning) {
        Optional<FoundTarget> server = found();
        server.flatMap(FoundTarget::mismatch)
                .ifPresent(mismatch -> warning.accept(Cause.PORT_MISMATCH.id() + ": " + mismatch.detail()));
        return server.map(FoundTarget::target).orElseGet(this::target);
    }

    private static boolean hasPort() {
        return !System.getenv().getOrDefault(PORT_VARIABLE, "").isBlank();
    }

    /** Tests these namespaces where the user named none. */
    public void suggestNamespaces(List<String> names) {
        if (namespaces == null) {
            namespaces = names;
        }
    }

    /** @throws UsageException in one line that says what was wrong and what would be right */
    public Target target() {
        return target(url == null ? defaultUrl() : parse("--url", url), null);
    }

    /** The same options against the toolkit's own server, which takes the same path, token and namespaces. */
    Target embedded(Embedded kind, URI server) {
        return target(server, kind);
    }

    /** The token that was given, else the environment's, else the default: for a server of this project's own. */
    public static String tokenOr(String given) {
        return given != null
                ? given
                : System.getenv().getOrDefault(CredentialOptions.TOKEN_VARIABLE, Target.DEFAULT_TOKEN);
    }

    private static URI defaultUrl() {
        int port = hasPort()
                ? HookPort.number(PORT_VARIABLE, System.getenv(PORT_VARIABLE).strip())
                : Target.DEFAULT_PORT;
        return URI.create("http://localhost:" + port);
    }

    private Target target(URI at, Embedded embedded) {
        if (!(timeout > 0) || timeout > MAX_TIMEOUT) {
            throw new UsageException("--timeout " + timeout + ": must be more than 0 and at most 3600 seconds");
        }
        if (!path.matches("[!-~]+") || path.contains("?") || path.contains("#")) {
            throw new UsageException(
                    "--path " + Text.quote(path, 60) + ": a path such as /socket.io, without spaces or a query");
        }
        if (!(idle >= 0) || idle > MAX_IDLE) {
            throw new UsageException("--idle " + idle + ": from 0 to 86400 seconds");
        }
        Credentials shown = credentials.credentials();
        Stated stated = stated();
        Expectations expectations = Expectations.of(stated, shown, null);
        checkFlow(stated.flow(), expectations.namespaces().value());
        return new Target(
                at,
                Target.normalPath(path),
                shown,
                stated,
                expectations,
                checkedParser(),
                checkedOrigin(),
                peers.stream().map(peer -> parse("--peer", peer)).toList(),
                Timings.of(seconds(timeout)),
                seconds(idle),
                insecure,
                embedded);
    }

    private Stated stated() {
        return new Stated(
                namespaces == null ? null : checkedNamespaces(),
                flow.flow(namespaces),
                flow.option(),
                ignored.stream().map(TargetOptions::cause).collect(Collectors.toSet()));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static Cause cause(String id) {
        return Cause.of(id)
                .orElseThrow(() -> new UsageException("--ignore " + Text.quote(id, 60) + ": not a cause; did you mean "
                        + Cause.nearest(id).id() + "?"));
    }

    private Parser checkedParser() {
        return parser == null
                ? null
                : Parser.named(parser)
                        .orElseThrow(() ->
                                new UsageException("--parser " + Text.quote(parser, 40) + ": default or msgpack"));
    }

    /** A flow of the user's own must be sent whole: an event that is left out would be a check that did not run. */
    private static void checkFlow(Flow expected, List<String> underTest) {
        boolean isPartial = expected == null
                || Flows.BUILT_IN.containsValue(expected)
                        && !expected.sends(underTest).isEmpty();
        List<String> untested = isPartial ? List.of() : expected.untested(underTest);
        if (!untested.isEmpty()) {
            throw new UsageException("the flow " + expected.name() + " sends to " + String.join(", ", untested)
                    + ", which is not under test: name it in --namespaces, or in \"namespaces\" of the flow");
        }
    }

    private List<String> checkedNamespaces() {
        if (namespaces.isEmpty()) {
            throw new UsageException("--namespaces is empty: give names such as /hook,/log, separated by commas");
        }
        for (String name : namespaces) {
            if (name.isBlank() || !name.strip().matches("[!-+\\--~]+")) {
                throw new UsageException("--namespaces " + Text.quote(String.join(",", namespaces), 80)
                        + ": names such as /hook,/log, separated by commas, none empty");
            }
        }
        return Target.normalNamespaces(namespaces);
    }

    private String checkedOrigin() {
        if (origin != null && !origin.equals("null") && !origin.matches("[a-z][a-z0-9+.-]*://[^/\\s]+")) {
            throw new UsageException("--origin " + Text.quote(origin, 80)
                    + ": an origin is scheme://host[:port] without a path, such as https://app.example");
        }
        return origin;
    }

    /** What was most likely meant where the scheme is missing. */
    private static String example(String text) {
        return HOST_AND_PORT.matcher(text.strip()).matches()
                ? "did you mean http://" + text.strip() + "?"
                : "not a URL such as http://localhost:8765";
    }

    private static URI parse(String option, String text) {
        String wrong = option + " " + Text.quote(text, 120) + ": ";
        try {
            URI url = new URI(text.strip());
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (!List.of("http", "https", "ws", "wss").contains(scheme) || url.getRawAuthority() == null) {
                throw new UsageException(wrong + example(text));
            }
            if (url.getRawQuery() != null || url.getRawUserInfo() != null) {
                throw new UsageException(
                        option + ": without a query or user name; use --query, --header, or --token (or $"
                                + CredentialOptions.TOKEN_VARIABLE + ")");
            }
            if (url.getRawPath().length() > 1) {
                throw new UsageException(
                        wrong + "without a path; use --path for the Engine.IO path, --namespaces for namespaces");
            }
            return URI.create(scheme + "://" + Endpoint.of(url));
        } catch (URISyntaxException failure) {
            throw new UsageException(wrong + example(text));
        } catch (IllegalArgumentException failure) {
            throw new UsageException(wrong + failure.getMessage() + "; a URL such as http://localhost:8765");
        }
    }
}
