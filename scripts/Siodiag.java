///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION All commands in one program, for jbang app install
//SOURCES ../lib/Kit.java
//SOURCES ConnAuth.java
//SOURCES Dashboard.java
//SOURCES HookTest.java
//SOURCES RunAll.java
//SOURCES Server.java
//SOURCES ServerMonitor.java
//SOURCES EndToEnd.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx1g

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import siodiag.Adhoc;
import siodiag.ask.AskCommand;
import siodiag.ask.AskException;
import siodiag.cli.Commands;
import siodiag.core.Json;
import siodiag.core.UsageException;
import siodiag.diff.DiffCommand;
import siodiag.explain.ExplainCommand;
import siodiag.tap.TapCommand;
import siodiag.triage.TriageCommand;
import siodiag.watch.WatchCommand;

/** Every command as a subcommand. */
@Command(
        name = "siodiag",
        mixinStandardHelpOptions = true,
        version = siodiag.core.Version.NUMBER,
        synopsisSubcommandLabel = "COMMAND",
        description = "Finds out why Socket.IO events don't arrive: which hop, which cause, what to do.",
        subcommands = {
            RunAll.class,
            ConnAuth.class,
            EndToEnd.class,
            HookTest.class,
            AskCommand.class,
            ExplainCommand.class,
            TapCommand.class,
            WatchCommand.class,
            DiffCommand.class,
            ServerMonitor.class,
            Dashboard.class,
            Server.class,
            TriageCommand.class,
            Siodiag.AdhocSession.class
        },
        footer = {"", "siodiag COMMAND --help lists the options of a command."})
public class Siodiag implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }

    /** The session of the script {@code adhoc.jsh}, in the JShell of this JVM. */
    @Command(
            name = "adhoc",
            mixinStandardHelpOptions = true,
            description = "A JShell session with the library imported; takes the options of ask.")
    static class AdhocSession implements Callable<Integer> {
        private static final String START =
                """
                import siodiag.Adhoc;
                import static siodiag.Adhoc.*;
                System.out.println(start(%s));
                """;

        @Unmatched
        String[] options = {};

        @Override
        public Integer call() throws Exception {
            Path start = Files.createTempFile("adhoc", ".jsh");
            try {
                Files.writeString(start, String.format(START, words()));
                return JavaShellToolBuilder.builder()
                        .start("--class-path", System.getProperty("java.class.path"), start.toString());
            } finally {
                Files.delete(start);
            }
        }

        /** The options as Java source: a JSON string is a Java string as well. */
        private String words() {
            try {
                Adhoc.start(options); // what is wrong with them is told before JShell starts
            } catch (AskException wrong) {
                throw new UsageException(wrong.getMessage());
            }
            return Arrays.stream(options).map(Json::write).collect(Collectors.joining(", "));
        }
    }

    public static void main(String... args) {
        System.exit(Commands.execute(new Siodiag(), args));
    }
}
