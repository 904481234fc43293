package siodiag;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import picocli.CommandLine;

/**
 * A server to ask. The words that change how it is asked ({@code token}, {@code timeout} …) give another one back, so
 * that they can be chained: {@code server("http://host:8765").token("t").connect("/hook")}.
 */
public final class AdhocServer {
    private static final double LONGEST_SECONDS = 3600;

    private final Map<String, String> options;
    private final Target target;

    private AdhocServer(Map<String, String> options, Target target) {
        this.options = options;
        this.target = target;
    }

    /**
     * @param options the commands' own, such as {@code --url}, with their values
     * @throws AdhocFailure where one is wrong
     */
    static AdhocServer of(Map<String, String> options) {
        String[] line = options.entrySet().stream().map(option -> option.getKey() + "=" + option.getValue())
                .toArray(String[]::new);
        try {
            return new AdhocServer(options, CommandLine.populateCommand(new TargetOptions(), line).target());
        } catch (BadInput | CommandLine.ParameterException wrong) {
            throw failure(wrong);
        }
    }

    /** In a session an option is a word. */
    private static AdhocFailure failure(RuntimeException wrong) {
        return new AdhocFailure(wrong.getMessage().replaceFirst("^--", ""));
    }

    /** For a command, which has read its options already. */
    static AdhocServer at(Target target) {
        return new AdhocServer(Map.of(), target);
    }

    /** Sent as {@code auth.token}. */
    public AdhocServer token(String token) {
        return with("--token", token);
    }

    /** The Engine.IO path. */
    public AdhocServer path(String path) {
        return with("--path", path);
    }

    /** The longest wait for one answer, in seconds. */
    public AdhocServer timeout(double seconds) {
        return with("--timeout", String.valueOf(seconds));
    }

    /** Any TLS certificate will do. */
    public AdhocServer insecure() {
        return with("--insecure", "true");
    }

    /** Goes the way from the host name into each namespace, with the token, a wrong one and none; sends no event. */
    public AdhocProbe probe() throws InterruptedException {
        return AdhocProbe.run(target, EnumSet.of(Examination.Part.AUTHENTICATION));
    }

    /** The same, for these namespaces. */
    public AdhocProbe probe(String... namespaces) throws InterruptedException {
        return with("--namespaces", String.join(",", namespaces)).probe();
    }

    /** Asks for {@code /} and the namespaces that a claude-mpm server has. */
    public AdhocNamespaces namespaces() {
        return namespaces("/," + String.join(",", target.namespaces()));
    }

    /** Asks for each of these, and tells the answers. */
    public AdhocNamespaces namespaces(String... names) {
        List<String> asked = Target.normalNamespaces(List.of(String.join(",", names).split(",")));
        Map<String, String> answers = new LinkedHashMap<>();
        NamespaceProbe.ask(target, way(), asked, target.auth(), SingleConnect.MOMENT).forEach((name, answer) ->
                answers.put(name, answer instanceof Admission.Joined ? AdhocNamespaces.LET_IN
                        : safe(Admission.describe(answer))));
        return new AdhocNamespaces(answers);
    }

    /** Asks the namespaces under test with the token, and with one that nobody has. */
    public AdhocToken checkToken() {
        Transports way = way();
        List<String> names = target.namespaces();
        var wrong = Threads.start(() ->
                NamespaceProbe.ask(target, way, names, Target.auth(Decoy.token()), SingleConnect.LOOK_UP));
        return AdhocToken.of(NamespaceProbe.ask(target, way, names, target.auth(), SingleConnect.MOMENT), wrong.join(),
                target.token());
    }

    /** Joins a namespace and stays until closed. @throws AdhocFailure that says what is in the way */
    public AdhocConnection connect(String namespace) {
        return AdhocConnection.open(this, Target.normalNamespaces(List.of(namespace)).get(0));
    }

    /**
     * Sends again what clients sent and hooks posted according to a monitor's record, as fast as the server takes it.
     *
     * @throws AdhocFailure where the record can't be read or has nothing to send
     */
    public AdhocProbe replay(String file) throws InterruptedException {
        try {
            Replay replay = Replay.of(Path.of(file), 0.0, null);
            return AdhocProbe.replay(target.withNamespaces(replay.namespaces()), replay);
        } catch (BadInput | CannotRun | InvalidPathException wrong) {
            throw failure(wrong);
        }
    }

    @Override
    public String toString() {
        return target.url() + "  path " + target.path() + "  token " + Secrets.mask(target.token()) + "  timeout "
                + target.timeout().toMillis() / 1000.0 + " s";
    }

    /** What is asked, with the commands' defaults where nothing else was said. */
    Target target() {
        return target;
    }

    /** The way to the server, over the transports that work. @throws AdhocFailure with the diagnosis where there is none */
    Transports way() {
        Findings findings = new Findings(new Secrets(target.token()), finding -> { });
        try {
            Optional<Engine> engine = new Reach(target, findings).run();
            return engine.map(this::transports).orElseThrow(() -> new AdhocFailure(AdhocProbe.sentence(
                    Diagnostician.diagnose(findings.sorted(), Family.UNKNOWN))));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AdhocFailure("interrupted on the way to " + target.url());
        }
    }

    /** Why a namespace can't be used, as a sentence. */
    String refusal(String namespace, Admission answer) {
        String payload = answer instanceof Admission.Refused refused ? refused.payload() : "";
        String hint = Refusal.namesUnknownNamespace(payload) ? Cause.NAMESPACE_UNKNOWN.summary(namespace)
                : Refusal.speaksOfToken(payload) ? Cause.TOKEN_REJECTED.summary(namespace)
                : "The server does not let the client into " + namespace + ".";
        return hint + " It said: " + safe(Admission.describe(answer));
    }

    String safe(String text) {
        return Text.cut(new Secrets(target.token()).hide(text), 300);
    }

    static Duration time(double seconds) {
        if (!(seconds > 0) || seconds > LONGEST_SECONDS) {
            throw new AdhocFailure(seconds + " seconds: more than 0 and at most 3600");
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private AdhocServer with(String option, String value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(option, value);
        return of(more);
    }

    private Transports transports(Engine engine) {
        try (EngineSession trial = engine.openWebSocket(Deadline.in(target.timeout()))) {
            return new Transports(engine, engine.polling(), true);
        } catch (WireFailure blocked) {
            return new Transports(engine, true, false);
        }
    }
}
