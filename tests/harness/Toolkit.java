package siodiag.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The toolkit as a user runs it: through the launcher, in a JVM of its own. */
public final class Toolkit {
    public static final Duration LIMIT = Duration.ofSeconds(120); // the first run builds

    private Toolkit() {}

    /** How a run ended. */
    public record Run(int exitCode, String out, String err, double seconds) {}

    /** Runs {@code ./jbang} with the arguments in the project's folder, to its end. */
    public static Run run(String... arguments) {
        return runIn(Project.root(), Map.of(), arguments);
    }

    public static Run runIn(Path folder, Map<String, String> environment, String... arguments) {
        long start = System.nanoTime();
        try (Child child = start(folder, environment, arguments)) {
            int exitCode = child.exitCode(LIMIT);
            return new Run(exitCode, child.out(), child.err(), (System.nanoTime() - start) / 1e9);
        }
    }

    /** Starts {@code ./jbang} with the arguments, with Ctrl-C as a terminal has it; the caller closes it. */
    public static Child start(Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env", "--default-signal=INT", Project.root().resolve("jbang").toString()));
        command.addAll(List.of(arguments));
        return Child.start(folder, environment, command);
    }
}
