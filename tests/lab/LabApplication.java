package siodiag.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line of {@code applications.txt}: an application that works, what its user states of it, and one fault.
 *
 * @param start    as in {@link Scenario#start}
 * @param stated   arguments of {@code run-all}: its flow, its credentials, its namespaces; blank where there is nothing to state
 * @param fault    what is added to {@code start}: an option, or a program in front; blank where {@code stated} is what is wrong
 * @param expected the first cause with the fault
 * @param also     causes that may follow it
 * @param alone    what is found by the address alone: {@code healthy}, unless the application accepts nobody without credentials
 */
public record LabApplication(
        String name, String start, String stated, String fault, String expected, List<String> also, String alone) {
    private static final String CONTINUED = "+";

    /** The runs of all applications, in the table's order. */
    public static List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        LabApplication above = null;
        for (List<String> cells : Scenario.rows("applications.txt")) {
            if (cells.get(0).startsWith(CONTINUED)) {
                scenarios.add(above.another(cells).faulty());
            } else {
                above = of(cells);
                above.runs().forEach(scenarios::add);
            }
        }
        return scenarios;
    }

    private static LabApplication of(List<String> cells) {
        if (cells.size() < 6 || cells.size() > 7) {
            throw new IllegalArgumentException("six or seven cells are wanted, separated by '|': " + cells);
        }
        return new LabApplication(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                Scenario.words(cells.get(5)),
                cells.size() < 7 || cells.get(6).isEmpty() ? Scenario.HEALTHY : cells.get(6));
    }

    /** One more fault of the same application: its row gives what differs. */
    private LabApplication another(List<String> cells) {
        LabApplication row = of(cells);
        return new LabApplication(
                name + "-" + row.name.substring(CONTINUED.length()).strip(),
                row.start.isEmpty() ? start : row.start,
                row.stated.isEmpty() ? stated : row.stated,
                row.fault,
                row.expected,
                row.also,
                alone);
    }

    private Stream<Scenario> runs() {
        Scenario byAddress = new Scenario(name + "-alone", start, "", alone, List.of());
        Scenario asStated = new Scenario(name + "-stated", start, stated, Scenario.HEALTHY, List.of());
        Stream<Scenario> works = stated.isEmpty() ? Stream.of(byAddress) : Stream.of(byAddress, asStated);
        return expected.isEmpty() ? works : Stream.concat(works, Stream.of(faulty()));
    }

    private Scenario faulty() {
        return new Scenario(name + "-faulty", (start + " " + fault).strip(), stated, expected, also);
    }
}
