package siodiag;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/**
 * One line of {@code scenarios.txt}: what is deployed, how it is asked about, and what the doctor has to find.
 *
 * @param start     programs with their options, separated by {@code ;}, each as {@code [name:]program option=value …}
 * @param arguments of {@code run-all}, words {@code NAME=value} in front go into its environment
 * @param expected  the first cause, or {@code healthy}
 * @param also      causes that may follow
 */
record Scenario(String name, String start, String arguments, String expected, List<String> also) {
    static final String HEALTHY = "healthy";

    /** All scenarios, in the table's order. */
    static List<Scenario> all() {
        try {
            return Files.readAllLines(Project.root().resolve("tests/lab/scenarios.txt")).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).map(Scenario::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario parse(String line) {
        List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (cells.size() != 5) {
            throw new IllegalArgumentException("five cells are wanted, separated by '|': " + line);
        }
        return new Scenario(cells.get(0), cells.get(1), cells.get(2), cells.get(3), words(cells.get(4)));
    }

    static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    boolean healthy() {
        return expected.equals(HEALTHY);
    }

    @Override
    public String toString() {
        return name;
    }
}
