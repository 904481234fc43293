package siodiag.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import siodiag.harness.Project;

/**
 * One line of {@code scenarios.txt}: what is deployed, how it is asked about, and what the doctor has to find.
 *
 * @param start     programs with their options, separated by {@code ;}, each as {@code [name:]program option=value …}
 * @param arguments of {@code run-all}, words {@code NAME=value} in front go into its environment
 * @param expected  the first cause, or {@code healthy}
 * @param also      causes that may follow
 */
public record Scenario(String name, String start, String arguments, String expected, List<String> also) {
    public static final String HEALTHY = "healthy";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");

    /** All scenarios, in the table's order. */
    public static List<Scenario> all() {
        return rows("scenarios.txt").stream().map(Scenario::of).toList();
    }

    private static Scenario of(List<String> cells) {
        if (cells.size() != 5) {
            throw new IllegalArgumentException("five cells are wanted, separated by '|': " + cells);
        }
        return new Scenario(cells.get(0), cells.get(1), cells.get(2), cells.get(3), words(cells.get(4)));
    }

    /** The rows of a table of the lab, each as its cells; {@code #} begins a comment. */
    static List<List<String>> rows(String table) {
        return rows(Project.root().resolve("tests/lab").resolve(table));
    }

    /** The rows of any such table. */
    public static List<List<String>> rows(Path table) {
        try {
            return Files.readAllLines(table).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split("\\|", -1))
                            .map(String::strip)
                            .toList())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words of a cell; one in single quotes can hold spaces. */
    public static List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1))
                .toList();
    }

    boolean healthy() {
        return expected.equals(HEALTHY);
    }

    @Override
    public String toString() {
        return name;
    }
}
