package siodiag.tap;

import java.util.List;
import java.util.stream.Stream;
import siodiag.harness.Project;
import siodiag.lab.Scenario;

/** One line of a table: an application, its clients, and what is to be found. */
record TapApplication(String name, String start, String clients, String stated, String fault, String cause) {

    /** Those whose name has the word of {@code --scenario}. */
    static Stream<TapApplication> all(String table) {
        String wanted = System.getProperty("lab.scenario", "");
        return Scenario.rows(Project.root().resolve("tests/tap").resolve(table)).stream()
                .map(TapApplication::of)
                .filter(application -> application.name.contains(wanted));
    }

    private static TapApplication of(List<String> cells) {
        if (cells.size() != 6) {
            throw new IllegalArgumentException("six cells are wanted, separated by '|': " + cells);
        }
        return new TapApplication(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5));
    }

    @Override
    public String toString() {
        return name;
    }
}
