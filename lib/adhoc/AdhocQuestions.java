package siodiag;

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

/** One question a subcommand, answered on standard output; what stands in the way is one line on standard error. */
@Command(name = "ask", mixinStandardHelpOptions = true, version = Result.VERSION, synopsisSubcommandLabel = "QUESTION",
        description = "One question about a Socket.IO server, one answer.",
        footer = {"", "Impact: a few short connections; only ack sends events.",
            "Exit codes: 0 yes, 20 yes but, 21 no, 64 wrong usage, 130 interrupted."})
public final class AdhocQuestions {
    private static final int MOST_TIMES = 10_000;
    private static final double LONGEST_WATCH = 3600;
    private static final int HIGHEST_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Command(description = "Is it up: does it speak Engine.IO, and over which transports?", mixinStandardHelpOptions = true)
    int up(@Mixin TargetOptions options) {
        return answer(options, server -> {
            Stopwatch watch = new Stopwatch();
            Transports way = server.way();
            say(String.format(Locale.ROOT, "up: %s speaks Engine.IO 4 (%s) over %s, %.0f ms", server.target().url(),
                    way.engine().family().title(), String.join(" and ", way.names()), watch.millis()));
            return Verdict.HEALTHY;
        });
    }

    @Command(description = "Which namespaces exist, of those asked for and /?", mixinStandardHelpOptions = true)
    int namespaces(@Mixin TargetOptions options) {
        return answer(options, server -> {
            AdhocNamespaces answers = server.namespaces();
            say(answers.toString());
            boolean askedFor = answers.open().stream().anyMatch(server.target().namespaces()::contains);
            return askedFor ? Verdict.HEALTHY : Verdict.BROKEN;
        });
    }

    @Command(description = "Does this token work, and does a wrong one not?", mixinStandardHelpOptions = true)
    int token(@Mixin TargetOptions options) {
        return answer(options, server -> {
            AdhocToken answers = server.checkToken();
            say(answers.toString());
            return answers.verdict();
        });
    }

    @Command(description = "How long does an acknowledgement take?", mixinStandardHelpOptions = true)
    int ack(@Parameters(paramLabel = "NAMESPACE") String namespace,
            @Parameters(paramLabel = "EVENT", defaultValue = "diagnostic_ping") String event,
            @Option(names = "--times", paramLabel = "N", defaultValue = "20",
                    description = "how often (default: ${DEFAULT-VALUE})") int times,
            @Mixin TargetOptions options) {
        if (times < 1 || times > MOST_TIMES) {
            throw new BadInput("--times " + times + ": from 1 to " + MOST_TIMES);
        }
        return answer(options, server -> {
            try (AdhocConnection connection = server.connect(namespace)) {
                List<Double> millis = new ArrayList<>();
                for (int i = 0; i < times; i++) {
                    millis.add(connection.send(event).millis());
                }
                Collections.sort(millis);
                say(String.format(Locale.ROOT, "%s to %s: %s, median %.1f ms, longest %.1f ms", Text.cut(event, 80),
                        Text.cut(namespace, 80), Text.count(times, "acknowledgement"), millis.get(times / 2),
                        millis.get(times - 1)));
            }
            return Verdict.HEALTHY;
        });
    }

    @Command(description = "What comes over a namespace in the next seconds?", mixinStandardHelpOptions = true)
    int watch(@Parameters(paramLabel = "NAMESPACE") String namespace,
            @Option(names = "--for", paramLabel = "SECONDS", defaultValue = "10",
                    description = "how long (default: ${DEFAULT-VALUE})") double seconds,
            @Mixin TargetOptions options) {
        if (!(seconds > 0) || seconds > LONGEST_WATCH) {
            throw new BadInput("--for " + seconds + ": more than 0 and at most 3600 seconds");
        }
        return answer(options, server -> {
            try (AdhocConnection connection = server.connect(namespace)) {
                say("watching " + connection);
                say(connection.watch(seconds, event -> say(event.toString())).summary());
            }
            return Verdict.HEALTHY;
        });
    }

    @Command(description = "Which process of this machine holds the port?", mixinStandardHelpOptions = true)
    int port(@Parameters(paramLabel = "PORT") int port) {
        if (port < 1 || port > HIGHEST_PORT) {
            throw new BadInput("port " + port + ": from 1 to 65535");
        }
        say(Adhoc.holder(port).text());
        return (PortHolder.of(port).isPresent() ? Verdict.HEALTHY : Verdict.BROKEN).exitCode();
    }

    /** Something to ask of a server. */
    private interface Question {
        Verdict ask(AdhocServer server) throws InterruptedException;
    }

    private int answer(TargetOptions options, Question question) {
        AdhocServer server = AdhocServer.at(options.target());
        try {
            return question.ask(server).exitCode();
        } catch (AdhocFailure failure) {
            spec.commandLine().getErr().println("ask: " + failure.getMessage());
            return Verdict.BROKEN.exitCode();
        } catch (InterruptedException interrupted) {
            return ExitCode.INTERRUPTED;
        }
    }

    private void say(String answer) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new Style(false, Console.isUnicode()).plain(answer));
        out.flush();
    }
}
