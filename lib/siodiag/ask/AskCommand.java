package siodiag.ask;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import siodiag.command.ResultFile;
import siodiag.command.TargetOptions;
import siodiag.command.UrlArgument;
import siodiag.core.Console;
import siodiag.core.ExitCode;
import siodiag.core.Glob;
import siodiag.core.Json;
import siodiag.core.PortOwner;
import siodiag.core.Stopwatch;
import siodiag.core.Style;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.core.Version;
import siodiag.diagnosis.Verdict;

/** One question a subcommand, answered on standard output; what stands in the way is one line on standard error. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        version = Version.NUMBER,
        synopsisSubcommandLabel = "QUESTION",
        description = "One question about a Socket.IO server, one answer.",
        footer = {
            "",
            "Impact: a few short connections; only ack sends an event, the one you name.",
            "Exit codes: 0 yes, 20 yes, but (a wrong token is accepted too; a watched connection was interrupted),",
            "21 no, 64 wrong usage, 130 interrupted."
        })
public final class AskCommand {
    private static final int MAX_TIMES = 10_000;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_LISTED = 1000;

    @Spec
    private CommandSpec spec;

    /** Where an answer for programs goes. */
    static final class JsonOption {
        @Option(
                names = "--json",
                paramLabel = "FILE|-",
                description = "the answer for programs, one line (-: standard output, nothing else on it)")
        private String json;

        boolean isStandardOutput() {
            return "-".equals(json);
        }
    }

    @Command(
            description = "Is it up: does it speak Engine.IO, and over which transports?",
            mixinStandardHelpOptions = true)
    int up(@Mixin UrlArgument url, @Mixin TargetOptions options, @Mixin JsonOption json) {
        return answer("up", url.into(options), json, server -> {
            Stopwatch watch = new Stopwatch();
            return Answers.up(server.target(), server.way(), watch.millis());
        });
    }

    @Command(description = "Which of the namespaces (and /) exist?", mixinStandardHelpOptions = true)
    int namespaces(@Mixin UrlArgument url, @Mixin TargetOptions options, @Mixin JsonOption json) {
        return answer(
                "namespaces", url.into(options), json, server -> Answers.of(server.namespaces(), server.target()));
    }

    @Command(description = "Is this token accepted, and is a wrong one refused?", mixinStandardHelpOptions = true)
    int token(@Mixin UrlArgument url, @Mixin TargetOptions options, @Mixin JsonOption json) {
        return answer("token", url.into(options), json, server -> Answers.of(server.checkToken()));
    }

    @Command(description = "How long does the acknowledgement of an event take?", mixinStandardHelpOptions = true)
    int ack(
            @Parameters(paramLabel = "NAMESPACE", description = "where the event is sent, such as /") String namespace,
            @Parameters(
                            paramLabel = "EVENT",
                            arity = "0..1",
                            description = "the event's name (default: diagnostic_ping, where a recognised application"
                                    + " answers it)")
                    String event,
            @Parameters(
                            paramLabel = "JSON",
                            arity = "0..*",
                            description = "the event's arguments (default: an empty object)")
                    List<String> arguments,
            @Option(
                            names = "--times",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "how often (default: ${DEFAULT-VALUE})")
                    int times,
            @Mixin TargetOptions options,
            @Mixin JsonOption json) {
        if (times < 1 || times > MAX_TIMES) {
            throw new UsageException("--times " + times + ": from 1 to " + MAX_TIMES);
        }
        checkNamespace(namespace);
        Object[] sent = arguments(arguments);
        return answer("ack", options, json, server -> {
            try (AskConnection connection = server.connect(namespace)) {
                String name = event == null ? server.pingEvent(namespace) : event;
                List<Double> millis = new ArrayList<>();
                for (int i = 0; i < times; i++) {
                    millis.add(connection.send(name, sent).millis());
                }
                return Answers.acknowledged(name, namespace, millis);
            }
        });
    }

    @Command(description = "Which events arrive? Each is shown as it comes.", mixinStandardHelpOptions = true)
    int watch(
            @Mixin ListenOptions listening,
            @Option(
                            names = "--event",
                            paramLabel = "GLOB",
                            description = "show only events of such a name, for example 'user_*'")
                    String glob,
            @Mixin TargetOptions options,
            @Mixin JsonOption json) {
        Duration time = listening.time();
        Pattern shown = Pattern.compile(glob == null ? ".*" : Glob.regex(glob), Pattern.DOTALL);
        return answer("watch", options, json, server -> {
            List<String> watched = listening.namespaces(server);
            EventLog log = new EventLog(MAX_LISTED);
            EventWatch watch = new EventWatch(
                            server,
                            watched,
                            event -> {
                                if (shown.matcher(event.name()).matches()) {
                                    log.add(event);
                                    say(json, event.toString());
                                }
                            },
                            notice -> say(json, notice))
                    .connect();
            say(
                    json,
                    "watching " + String.join(", ", watched) + " of "
                            + server.target().url());
            WatchResult seen = watch.run(time);
            return Answers.watched(seen, seen.summary(), log);
        });
    }

    @Command(
            description = "Which events does the server send? By name, with their rate and size.",
            mixinStandardHelpOptions = true)
    int events(@Mixin ListenOptions listening, @Mixin TargetOptions options, @Mixin JsonOption json) {
        Duration time = listening.time();
        return answer("events", options, json, server -> {
            List<String> watched = listening.namespaces(server);
            EventWatch watch = new EventWatch(server, watched, event -> {}, notice -> say(json, notice)).connect();
            say(
                    json,
                    "listening in " + String.join(", ", watched) + " of "
                            + server.target().url() + " for " + Text.duration(time));
            WatchResult seen = watch.run(time);
            return Answers.watched(seen, seen.text(), new EventLog(0));
        });
    }

    @Command(description = "Which process of this machine holds the port?", mixinStandardHelpOptions = true)
    int port(@Parameters(paramLabel = "PORT", description = "a TCP port") int port, @Mixin JsonOption json) {
        if (port < 1 || port > MAX_PORT) {
            throw new UsageException("port " + port + ": from 1 to 65535");
        }
        Optional<PortOwner> owner = PortOwner.of(port);
        return tell("port", null, json, Answers.owner(port, owner));
    }

    /** Something to ask of a server. */
    private interface Question {
        Answer ask(AskServer server) throws InterruptedException;
    }

    private int answer(String name, TargetOptions options, JsonOption json, Question question) {
        AskServer server = AskServer.at(
                options.foundOrDefault(warning -> spec.commandLine().getErr().println("ask: " + warning)));
        String url = server.target().url().toString();
        try {
            return tell(name, url, json, question.ask(server));
        } catch (AskException failure) {
            spec.commandLine().getErr().println("ask: " + failure.getMessage());
            if (json.json != null) {
                tell(name, url, json, Answer.of(Verdict.BROKEN, failure.getMessage()));
            }
            return Verdict.BROKEN.exitCode();
        } catch (InterruptedException interrupted) {
            return ExitCode.INTERRUPTED;
        }
    }

    private int tell(String question, String url, JsonOption json, Answer answer) {
        if (json.isStandardOutput()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(answer.json(question, url));
            out.flush();
        } else {
            if (answer.verdict() != Verdict.BROKEN
                    || json.json == null
                    || !answer.details().isEmpty()) {
                print(answer.text());
            }
            if (json.json != null) {
                ResultFile.write(json.json, answer.json(question, url) + "\n");
            }
        }
        return answer.verdict().exitCode();
    }

    private void say(JsonOption json, String line) {
        if (!json.isStandardOutput()) {
            print(line);
        }
    }

    private synchronized void print(String answer) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new Style(false, Console.isUnicode(), Console.width()).plain(answer));
        out.flush();
    }

    static void checkNamespace(String name) {
        if (name.contains("://") || name.matches("[\\w.-]+:\\d+.*")) {
            throw new UsageException(
                    Text.quote(name, 80) + " is not a namespace; the server goes into --url " + Text.cut(name, 80));
        }
    }

    /** JSON, or text as it is where it is none: {@code hello} is what most people type. */
    private static Object[] arguments(List<String> words) {
        return words == null
                ? new Object[] {Json.MAPPER.createObjectNode()}
                : words.stream().map(AskCommand::argument).toArray();
    }

    private static JsonNode argument(String word) {
        JsonNode json = Json.parse(word);
        if (json.isMissingNode() && word.strip().matches("[\\[{\"].*")) {
            throw new UsageException("not valid JSON: an argument such as '{\"text\": \"hello\"}', '\"hello\"' or 3");
        }
        return json.isMissingNode() ? Json.MAPPER.getNodeFactory().textNode(word) : json;
    }
}
