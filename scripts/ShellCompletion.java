///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION Completion of commands and options for bash and zsh
//SOURCES ../lib/Diagnostics.java
//SOURCES ../lib/siodiag/hook/javaclient/package-info.java
//SOURCES ../lib/siodiag/hook/package-info.java
//SOURCES ../lib/siodiag/triage/package-info.java
//SOURCES ../lib/siodiag/ask/package-info.java
//SOURCES ../lib/siodiag/traffic/package-info.java
//SOURCES ../lib/siodiag/passive/package-info.java
//SOURCES ../lib/siodiag/tap/package-info.java
//SOURCES ../lib/siodiag/explain/package-info.java
//SOURCES ../lib/siodiag/kept/package-info.java
//SOURCES ../lib/siodiag/diff/package-info.java
//SOURCES ../lib/siodiag/watch/package-info.java
//SOURCES ConnAuth.java
//SOURCES Dashboard.java
//SOURCES EndToEnd.java
//SOURCES HookTest.java
//SOURCES RunAll.java
//SOURCES ServerMonitor.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine;
import siodiag.ask.AskCommand;
import siodiag.cli.Commands;
import siodiag.diff.DiffCommand;
import siodiag.explain.ExplainCommand;
import siodiag.tap.TapCommand;
import siodiag.triage.TriageCommand;
import siodiag.watch.WatchCommand;

/** Prints a script for the shell to read: it completes what follows {@code ./jbang}. */
@Command(
        name = "shell-completion",
        mixinStandardHelpOptions = true,
        version = siodiag.core.Version.NUMBER,
        description = {
            "Completion of commands and options for bash and zsh, after ./jbang:",
            "    source <(./jbang shell-completion)"
        })
class ShellCompletion implements Callable<Integer> {
    private static final String NAME = "siodiag";

    @Override
    public Integer call() {
        CommandLine all = new CommandLine(CommandSpec.create())
                .addSubcommand("run-all", new RunAll())
                .addSubcommand("monitor", new ServerMonitor())
                .addSubcommand("hook-test", new HookTest())
                .addSubcommand("conn-auth", new ConnAuth())
                .addSubcommand("e2e", new EndToEnd())
                .addSubcommand("dashboard", new Dashboard())
                .addSubcommand("triage", new TriageCommand())
                .addSubcommand("ask", new AskCommand())
                .addSubcommand("tap", new TapCommand())
                .addSubcommand("explain", new ExplainCommand())
                .addSubcommand("watch", new WatchCommand())
                .addSubcommand("diff", new DiffCommand())
                .addSubcommand("adhoc", CommandSpec.create())
                .addSubcommand("server", CommandSpec.create()) // its options would bring netty-socketio here
                .addSubcommand("test", CommandSpec.create());
        String script = AutoComplete.bash(NAME, all);
        // bash looks for the command as it was typed, zsh for its last part
        System.out.println(script.replaceAll(
                "(?m)^(complete .*) " + NAME + " " + NAME + "\\.sh " + NAME + "\\.bash$",
                "$1 \\${ZSH_VERSION:+jbang} ./jbang"));
        return 0;
    }

    public static void main(String... args) {
        System.exit(Commands.execute(new ShellCompletion(), args));
    }
}
