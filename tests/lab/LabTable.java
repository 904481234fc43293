package siodiag.lab;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the lab's runs found beside what they should have: scenario, expected, found, seconds; then the accuracy. */
final class LabTable {
    private record Row(String scenario, String expected, String found, double seconds, boolean again) {
        boolean right() {
            return expected.equals(found);
        }

        String remark() {
            return (again ? "  again, alone" : "") + (right() ? "" : "  <<<");
        }
    }

    private final ConcurrentLinkedQueue<Row> rows = new ConcurrentLinkedQueue<>();

    /** @param again whether the scenario was run once before: what it found then is what counts for the accuracy */
    void add(Scenario scenario, Doctor doctor, boolean again) {
        List<String> causes = doctor.causes();
        String found = causes.isEmpty() ? doctor.verdict() : causes.get(0);
        rows.add(new Row(
                scenario.name(), scenario.expected(), found, doctor.run().seconds(), again));
    }

    void print(PrintStream out) {
        if (rows.isEmpty()) {
            return;
        }
        out.printf("%n%-48s  %-26s  %-26s  %s%n", "scenario", "expected", "found", "seconds");
        rows.stream()
                .sorted(Comparator.comparing(Row::scenario))
                .forEach(row -> out.printf(
                        "%-48s  %-26s  %-26s  %5.1f%s%n",
                        row.scenario(), row.expected(), row.found(), row.seconds(), row.remark()));
        List<Row> first = rows.stream().filter(row -> !row.again()).toList();
        long right = first.stream().filter(Row::right).count();
        double[] seconds = first.stream().mapToDouble(Row::seconds).sorted().toArray();
        out.printf(
                "%d of %d right (%.1f %%); a verdict took %.1f s in the median, %.1f s at most%n%n",
                right,
                first.size(),
                100.0 * right / first.size(),
                seconds[seconds.length / 2],
                seconds[seconds.length - 1]);
    }
}
