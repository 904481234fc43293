package siodiag.command;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import siodiag.catalogue.Cause;
import siodiag.core.Durations;
import siodiag.core.Text;
import siodiag.core.Timings;
import siodiag.core.UsageException;
import siodiag.probe.reach.Reach;
import siodiag.protocol.Credentials;
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
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final Duration MAX_IDLE = Duration.ofDays(1);

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "the server under test (default: http://localhost:$" + PORT_VARIABLE + ", otherwise port 8765)")
    List<String> urls = new ArrayList<>();

    @Option(
            names = "--path",
            paramLabel = "P",
            description =
                    "the Engine.IO path; slashes at either end are optional (default: " + Target.DEFAULT_PATH + ")")
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
            converter = Durations.class,
            description = "maximum wait for one response; also 250ms, 1m30s (default: ${DEFAULT-VALUE})")
    Duration timeout;

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
            converter = Durations.class,
            description = "stay connected and idle for SECONDS: what ends the connection, and when")
    Duration idle;

    /** Whether the user named a server. */
    public boolean hasUrl() {
        return !urls.isEmpty();
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
                .map(server -> new FoundTarget(target(new ServerAddress(server.url(), null), null), server.mismatch()));
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
        if (urls.size() > 1) {
            throw new UsageException("one server at a time: --url " + Text.quote(urls.get(0), 80) + " or --url "
                    + Text.quote(urls.get(1), 80) + "; --peer names other nodes of one deployment");
        }
        return hasUrl() ? targets().get(0) : target(new ServerAddress(defaultUrl(), null), null);
    }

    /** Each server that was named, with the same options. @throws UsageException as {@link #target} */
    public List<Target> targets() {
        return urls.stream()
                .map(url -> target(ServerAddress.parse("--url", url), null))
                .toList();
    }

    /** The server at that address, with the same options. @throws UsageException as {@link #target} */
    public Target at(ServerAddress address) {
        return target(address, null);
    }

    /** Whether it is to stay idle for a while. */
    public boolean hasIdle() {
        return !idle.isZero();
    }

    /** One more server under test. */
    public void addUrl(String url) {
        urls.add(url);
    }

    /** The same options against the toolkit's own server, which takes the same path, token and namespaces. */
    Target embedded(Embedded kind, URI server) {
        return target(new ServerAddress(server, null), kind);
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

    private Target target(ServerAddress at, Embedded embedded) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new UsageException(
                    "--timeout " + Text.duration(timeout) + ": must be more than 0 and at most 3600 seconds");
        }
        if (idle.isNegative() || idle.compareTo(MAX_IDLE) > 0) {
            throw new UsageException("--idle " + Text.duration(idle) + ": from 0 to 86400 seconds");
        }
        Credentials shown = credentials.credentials();
        Stated stated = stated();
        Expectations expectations = Expectations.of(stated, shown, null);
        checkFlow(stated.flow(), expectations.namespaces().value());
        return new Target(
                at.url(),
                Target.normalPath(checkedPath(at)),
                shown,
                stated,
                expectations,
                checkedParser(),
                checkedOrigin(),
                peers.stream()
                        .map(peer -> ServerAddress.parse("--peer", peer).url())
                        .toList(),
                Timings.of(timeout),
                idle,
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

    /** The path that was given, else the one in the address, else the usual one. */
    private String checkedPath(ServerAddress at) {
        if (path == null) {
            return at.path() == null ? Target.DEFAULT_PATH : at.path();
        }
        if (!path.matches("[!-~]+") || path.contains("?") || path.contains("#")) {
            throw new UsageException(
                    "--path " + Text.quote(path, 60) + ": a path such as /socket.io, without spaces or a query");
        }
        if (at.path() != null && !Target.normalPath(at.path()).equals(Target.normalPath(path))) {
            throw new UsageException("--path " + Text.quote(path, 60) + " and the path of the URL differ; try --url "
                    + at.url() + " --path " + Text.cut(path, 60));
        }
        return path;
    }

    /** The cause that {@code --ignore} names. @throws UsageException in one line */
    public static Cause cause(String id) {
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
}
