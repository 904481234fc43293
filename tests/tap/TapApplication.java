package siodiag.tap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import siodiag.harness.Project;

/** One line of a table: an application, its clients, and what is to be found. */
record TapApplication(String name, String start, String clients, String stated, String fault, String cause) {

    static Stream<TapApplication> all(String table) {
        String wanted = System.getProperty("lab.scenario", "");
        try {
            return Files.readAllLines(Project.root().resolve("tests/tap").resolve(table)).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(TapApplication::of)
                    .filter(application -> application.name.contains(wanted));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TapApplication of(String line) {
        List<String> cells =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (cells.size() != 6) {
            throw new IllegalArgumentException("six cells are wanted, separated by '|': " + line);
        }
        return new TapApplication(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5));
    }

    @Override
    public String toString() {
        return name;
    }
}
