package siodiag.harness;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import siodiag.cli.Commands;

/** A script's command in the tests' own JVM: for the lab, whose hundreds of runs would else be a JVM each. */
public final class LoadedScript {
    private LoadedScript() {}

    /** Runs the command to its end, as its {@code main} does. */
    public static Toolkit.Run run(Object command, List<String> arguments) {
        CommandLine line = Commands.prepared(command);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        long start = System.nanoTime();
        int exitCode = line.execute(arguments.toArray(String[]::new));
        return new Toolkit.Run(exitCode, out.toString(), err.toString(), (System.nanoTime() - start) / 1e9);
    }

    /** A new command of the script's main class. */
    public static Object command(String mainClass) {
        try {
            return Class.forName(mainClass).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no script that tests/RunTests.java names: " + mainClass, e);
        }
    }
}
