package siodiag.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A script as JBang has built it, started without JBang: it does the same, and starts in half the time. For the lab, which
 * starts it hundreds of times.
 */
public record BuiltScript(List<String> command) {
    private static final Map<String, BuiltScript> BUILT = new HashMap<>();
    private static final String OPTIONS = "//JAVA_OPTIONS ";

    /** Builds it at the first call; one at a time, as two first builds at the same time disturb each other in JBang. */
    public static synchronized BuiltScript of(String alias) {
        return BUILT.computeIfAbsent(alias, BuiltScript::build);
    }

    /** A program among the tests. */
    public static BuiltScript ofTests(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new BuiltScript(command);
    }

    /** Runs it in the project's folder, to its end. */
    public Toolkit.Run run(Map<String, String> environment, List<String> arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(arguments);
        long start = System.nanoTime();
        try (Child child = Child.start(Project.root(), environment, whole)) {
            int exitCode = child.exitCode(Toolkit.LIMIT);
            return new Toolkit.Run(exitCode, child.out(), child.err(), (System.nanoTime() - start) / 1e9);
        }
    }

    private static BuiltScript build(String alias) {
        assertEquals(0, Toolkit.run(alias, "--help").exitCode());
        Path script = Project.root()
                .resolve(Alias.all().stream()
                        .filter(one -> one.name().equals(alias))
                        .findFirst()
                        .orElseThrow()
                        .script());
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        try {
            Files.readAllLines(script).stream()
                    .filter(line -> line.startsWith(OPTIONS))
                    .forEach(line -> command.addAll(
                            List.of(line.substring(OPTIONS.length()).split(" "))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        command.addAll(List.of(
                "-cp",
                Toolkit.run("info", "classpath", alias).out().strip(),
                script.getFileName().toString().replace(".java", "")));
        return new BuiltScript(List.copyOf(command));
    }
}
