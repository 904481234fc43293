package siodiag.ask;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import siodiag.command.TargetOptions;
import siodiag.core.Console;
import siodiag.core.ExitCode;
import siodiag.core.PortOwner;
import siodiag.core.Stopwatch;
import siodiag.core.Style;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.core.Version;
import siodiag.diagnosis.Verdict;
import siodiag.protocol.Transports;

/** One question a subcommand, answered on standard output; what stands in the way is one line on standard error. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        version = Version.NUMBER,
        synopsisSubcommandLabel = "QUESTION",
        description = "One question about a Socket.IO server, one answer.",
        footer = {
            "",
            "Impact: a few short connections; only ack sends events.",
            "Exit codes: 0 yes, 20 yes, but (a wrong token is accepted too), 21 no, 64 wrong usage, 130 interrupted."
        })
public final class AskCommand {
    private static final int MAX_TIMES = 10_000;
    private static final double MAX_WATCH = 3600;
    private static final int MAX_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Command(
            description = "Is it up: does it speak Engine.IO, and over which transports?",
            mixinStandardHelpOptions = true)
    int up(@Mixin TargetOptions options) {
        return answer(options, server -> {
            Stopwatch watch = new Stopwatch();
            Transports way = server.way();
            say(String.format(
                    Locale.ROOT,
                    "up: %s speaks Engine.IO 4 (%s) over %s, %.0f ms",
                    server.target().url(),
                    way.engine().family().title(),
                    String.join(" and ", way.names()),
                    watch.millis()));
            return Verdict.HEALTHY;
        });
    }

    @Command(description = "Which of the namespaces (and /) exist?", mixinStandardHelpOptions = true)
    int namespaces(@Mixin TargetOptions options) {
        return answer(options, server -> {
            NamespaceAnswers answers = server.namespaces();
            say(answers.toString());
            boolean askedFor = answers.open().stream().anyMatch(server.target().namespaces()::contains);
            return askedFor ? Verdict.HEALTHY : Verdict.BROKEN;
        });
    }

    @Command(description = "Is this token accepted, and is a wrong one refused?", mixinStandardHelpOptions = true)
    int token(@Mixin TargetOptions options) {
        return answer(options, server -> {
            TokenAnswers answers = server.checkToken();
            say(answers.toString());
            return answers.verdict();
        });
    }

    @Command(description = "How long does the acknowledgement of an event take?", mixinStandardHelpOptions = true)
    int ack(
            @Parameters(paramLabel = "NAMESPACE") String namespace,
            @Parameters(paramLabel = "EVENT", defaultValue = "diagnostic_ping") String event,
            @Option(
                            names = "--times",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "how often (default: ${DEFAULT-VALUE})")
                    int times,
            @Mixin TargetOptions options) {
        if (times < 1 || times > MAX_TIMES) {
            throw new UsageException("--times " + times + ": from 1 to " + MAX_TIMES);
        }
        return answer(options, server -> {
            try (AskConnection connection = server.connect(namespace)) {
                List<Double> millis = new ArrayList<>();
                for (int i = 0; i < times; i++) {
                    millis.add(connection.send(event).millis());
                }
                Collections.sort(millis);
                say(String.format(
                        Locale.ROOT,
                        "%s to %s: %s, median %.1f ms, longest %.1f ms",
                        Text.cut(event, 80),
                        Text.cut(namespace, 80),
                        Text.count(times, "acknowledgement"),
                        millis.get(times / 2),
                        millis.get(times - 1)));
            }
            return Verdict.HEALTHY;
        });
    }

    @Command(description = "Which events arrive in a namespace in the next seconds?", mixinStandardHelpOptions = true)
    int watch(
            @Parameters(paramLabel = "NAMESPACE") String namespace,
            @Option(
                            names = "--for",
                            paramLabel = "SECONDS",
                            defaultValue = "10",
                            description = "how long (default: ${DEFAULT-VALUE})")
                    double seconds,
            @Mixin TargetOptions options) {
        if (!(seconds > 0) || seconds > MAX_WATCH) {
            throw new UsageException("--for " + seconds + ": more than 0 and at most 3600 seconds");
        }
        return answer(options, server -> {
            try (AskConnection connection = server.connect(namespace)) {
                say("watching " + connection);
                say(connection.watch(seconds, event -> say(event.toString())).summary());
            }
            return Verdict.HEALTHY;
        });
    }

    @Command(description = "Which process of this machine holds the port?", mixinStandardHelpOptions = true)
    int port(@Parameters(paramLabel = "PORT") int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new UsageException("port " + port + ": from 1 to 65535");
        }
        say(PortOwner.describe(port));
        return (PortOwner.of(port).isPresent() ? Verdict.HEALTHY : Verdict.BROKEN).exitCode();
    }

    /** Something to ask of a server. */
    private interface Question {
        Verdict ask(AskServer server) throws InterruptedException;
    }

    private int answer(TargetOptions options, Question question) {
        AskServer server = AskServer.at(
                options.foundOrDefault(warning -> spec.commandLine().getErr().println("ask: " + warning)));
        try {
            return question.ask(server).exitCode();
        } catch (AskException failure) {
            spec.commandLine().getErr().println("ask: " + failure.getMessage());
            return Verdict.BROKEN.exitCode();
        } catch (InterruptedException interrupted) {
            return ExitCode.INTERRUPTED;
        }
    }

    private void say(String answer) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new Style(false, Console.isUnicode(), Console.width()).plain(answer));
        out.flush();
    }
}
