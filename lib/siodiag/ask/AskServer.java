package siodiag.ask;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import siodiag.catalogue.Cause;
import siodiag.command.TargetOptions;
import siodiag.core.CannotRunException;
import siodiag.core.Deadline;
import siodiag.core.Redactor;
import siodiag.core.Scope;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.core.Wait;
import siodiag.diagnosis.Diagnostician;
import siodiag.finding.Findings;
import siodiag.hook.ReplayPlan;
import siodiag.probe.DiagnosticRun;
import siodiag.probe.connect.ConnectRound;
import siodiag.probe.connect.RecognitionProbe;
import siodiag.probe.reach.Reach;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Engine;
import siodiag.protocol.EngineSession;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Refusal;
import siodiag.protocol.ServerFamily;
import siodiag.protocol.Transports;
import siodiag.target.Target;

/**
 * A server to ask. The words that change how it is asked ({@code token}, {@code timeout} …) give another one back, so
 * that they can be chained: {@code server("http://host:8765").token("t").connect("/hook")}.
 */
public final class AskServer {
    private static final String DEFAULT_EVENT = "diagnostic_ping";
    private static final Duration MAX_WAIT = Duration.ofDays(7);

    private final List<String> options;
    private volatile Target target;
    private volatile boolean recognised;

    private AskServer(List<String> options, Target target) {
        this.options = options;
        this.target = target;
    }

    /**
     * @param options the commands' own, such as {@code --url=http://localhost:3000}; the last one of a name counts
     * @throws AskException where one is wrong
     */
    public static AskServer of(List<String> options) {
        try {
            TargetOptions given = new TargetOptions();
            new CommandLine(given)
                    .setOverwrittenOptionsAllowed(true)
                    .setExpandAtFiles(false)
                    .parseArgs(options.toArray(String[]::new));
            return new AskServer(options, given.target());
        } catch (UsageException | CommandLine.ParameterException wrong) {
            throw failure(wrong);
        }
    }

    /** In a session an option is a word. */
    private static AskException failure(RuntimeException wrong) {
        return new AskException(wrong.getMessage().replaceFirst("^--", ""));
    }

    /** For a command, which has read its options already. */
    static AskServer at(Target target) {
        return new AskServer(List.of(), target);
    }

    /** Sent as {@code auth.token}. */
    public AskServer token(String token) {
        return with("--token", token);
    }

    /** The Engine.IO path. */
    public AskServer path(String path) {
        return with("--path", path);
    }

    /** The longest wait for one answer, in seconds. */
    public AskServer timeout(double seconds) {
        return with("--timeout", String.valueOf(seconds));
    }

    /** Any TLS certificate will do. */
    public AskServer insecure() {
        return with("--insecure", "true");
    }

    /** Goes the way from the host name into each namespace, with the token, a wrong one and none; sends no event. */
    public ProbeResult probe() throws InterruptedException {
        return ProbeResult.run(target, EnumSet.of(DiagnosticRun.Part.AUTHENTICATION));
    }

    /** The same, for these namespaces. */
    public ProbeResult probe(String... namespaces) throws InterruptedException {
        return with("--namespaces", String.join(",", namespaces)).probe();
    }

    /** Asks for {@code /} and the namespaces that were stated, or that a recognised application has. */
    public NamespaceAnswers namespaces() {
        Transports way = recognisedWay();
        return namespaces(
                way, Target.normalNamespaces(List.of(("/," + String.join(",", target.namespaces())).split(","))));
    }

    /** Asks for each of these, and tells the answers. */
    public NamespaceAnswers namespaces(String... names) {
        return namespaces(
                recognisedWay(),
                Target.normalNamespaces(List.of(String.join(",", names).split(","))));
    }

    private NamespaceAnswers namespaces(Transports way, List<String> asked) {
        Map<String, String> answers = new LinkedHashMap<>();
        ask(target, way, asked, target.time(Wait.DISCONNECT))
                .forEach((name, answer) -> answers.put(
                        name,
                        answer instanceof ConnectResult.Connected
                                ? NamespaceAnswers.CONNECTED
                                : safe(ConnectResult.describe(answer))));
        return new NamespaceAnswers(answers);
    }

    /** Asks the namespaces under test with the token, and with one that nobody has. */
    public TokenAnswers checkToken() {
        Transports way = recognisedWay();
        List<String> names = target.namespaces();
        var wrong = Scope.current()
                .fork(
                        "connect with a wrong token",
                        () -> ask(
                                target.with(target.credentials().wrong()),
                                way,
                                names,
                                target.time(Wait.DISCONNECT_AFTER_LOOKUP)));
        return TokenAnswers.of(ask(target, way, names, target.time(Wait.DISCONNECT)), wrong.join(), target.token());
    }

    private static Map<String, ConnectResult> ask(Target target, Transports way, List<String> names, Duration watched) {
        return ConnectRound.all(ConnectRound.start(target, way, names, watched)).join();
    }

    /** What comes in the namespaces under test that accept this client, by name, in so many seconds. */
    public WatchResult events(double seconds) throws InterruptedException {
        return new EventWatch(this, openNamespaces(), event -> {}, notice -> {})
                .connect()
                .run(time(seconds));
    }

    /** Those of the namespaces under test that accept this client. @throws AskException where none does */
    List<String> openNamespaces() {
        NamespaceAnswers answers = namespaces();
        if (answers.open().isEmpty()) {
            throw new AskException(answers.text());
        }
        return answers.open();
    }

    /** The event that a recognised application of the first suite's kind answers. An unknown one gets none that is made up. */
    String pingEvent(String namespace) {
        if (target.expectations().arePromised()) {
            return DEFAULT_EVENT;
        }
        throw new AskException("name the event: ask ack " + namespace + " EVENT");
    }

    /** Joins a namespace and stays until closed. @throws AskException that says what is in the way */
    public AskConnection connect(String namespace) {
        return AskConnection.open(
                this, Target.normalNamespaces(List.of(namespace)).get(0));
    }

    /**
     * Sends again what clients sent and hooks posted according to a monitor's record, as fast as the server takes it.
     *
     * @throws AskException where the record can't be read or has nothing to send
     */
    public ProbeResult replay(String file) throws InterruptedException {
        try {
            ReplayPlan replay = ReplayPlan.of(Path.of(file), 0.0, null);
            return ProbeResult.replay(target.withNamespaces(replay.namespaces()), replay);
        } catch (UsageException | CannotRunException | InvalidPathException wrong) {
            throw failure(wrong);
        }
    }

    @Override
    public String toString() {
        return target.url() + "  path " + target.path() + "  token " + Redactor.mask(target.token()) + "  timeout "
                + target.timeout().toMillis() / 1000.0 + " s";
    }

    /** What is asked, with the commands' defaults where nothing else was said. */
    public Target target() {
        return target;
    }

    /** The way to the server, over the transports that work. @throws AskException with the diagnosis where there is none */
    Transports way() {
        Findings findings = new Findings(target.secrets(), finding -> {});
        try {
            Optional<Engine> engine = new Reach(target, findings).run();
            return engine.map(this::transports)
                    .orElseThrow(() -> new AskException(ProbeResult.sentence(
                            Diagnostician.diagnose(findings.sorted(), ServerFamily.UNKNOWN, Set.of()))));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AskException("interrupted on the way to " + target.url());
        }
    }

    /** The same, once it is known what the server is: from then on it is asked as such an application is. */
    Transports recognisedWay() {
        Transports way = way();
        if (!recognised) {
            recognised = true;
            RecognitionProbe.start(target, way.engine())
                    .finish(way, new Findings(target.secrets(), finding -> {}))
                    .ifPresent(application -> target = target.as(application));
        }
        return way;
    }

    /** Why a namespace can't be used, as a sentence. */
    String refusal(String namespace, ConnectResult answer) {
        String payload = answer instanceof ConnectResult.ConnectError refused ? refused.payload() : "";
        String hint = Refusal.namesUnknownNamespace(payload)
                ? Cause.NAMESPACE_UNKNOWN.summary(namespace)
                : Refusal.speaksOfToken(payload)
                        ? Cause.TOKEN_REJECTED.summary(namespace)
                        : "The server does not accept the client in " + namespace + ".";
        return hint + " Its answer: " + safe(ConnectResult.describe(answer));
    }

    String safe(String text) {
        return Text.cut(target.secrets().hide(text), 300);
    }

    static Duration time(double seconds) {
        if (!(seconds > 0) || seconds > MAX_WAIT.toSeconds()) {
            throw new AskException(seconds + " seconds: more than 0 and at most " + MAX_WAIT.toSeconds() + " (a week)");
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private AskServer with(String option, String value) {
        List<String> more = new ArrayList<>(options);
        more.add(option + "=" + value);
        return of(List.copyOf(more));
    }

    private Transports transports(Engine engine) {
        try (EngineSession trial = engine.openWebSocket(Deadline.in(target.timeout()))) {
            return new Transports(engine, engine.polling(), true);
        } catch (ExchangeException blocked) {
            return new Transports(engine, true, false);
        }
    }
}
