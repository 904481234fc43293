package siodiag.triage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import siodiag.core.CannotRunException;
import siodiag.core.Text;

/**
 * All failures of some reports.
 *
 * @param categories those that hold a failure, the largest first
 * @param reports how many test reports were read
 * @param tests how many test cases these hold, passed ones included
 * @param refused the files that could not be read, each with the reason
 */
record FailureReport(List<FailureCategory> categories, int reports, long tests, List<Refusal> refused) {

    record Refusal(Path file, String why) {
        @Override
        public String toString() {
            return Text.visible(file.toString()) + ": not read, " + why;
        }
    }

    int failures() {
        return categories.stream().mapToInt(FailureCategory::count).sum();
    }

    /**
     * Reads files, and the {@code .xml} files below folders. A file that is broken anywhere counts nowhere: that takes
     * one pass to see whether it can be read to its end, and a second to count. XML of another kind is passed over in a
     * folder and refused where it was named.
     */
    static FailureReport read(List<Path> paths, CategoryRules rules) {
        Tally tally = new Tally(rules);
        List<Refusal> refused = new ArrayList<>();
        int reports = 0;
        long tests = 0;
        for (Path file : files(paths)) {
            JunitReader.Outcome outcome = JunitReader.read(file, ignored -> {});
            if (outcome instanceof JunitReader.Outcome.Read) {
                outcome = JunitReader.read(file, test -> tally.add(test.read()));
            }
            if (outcome instanceof JunitReader.Outcome.Read read) {
                reports++;
                tests += read.tests();
            } else if (outcome instanceof JunitReader.Outcome.Refused no) {
                refused.add(new Refusal(file, no.why()));
            } else if (outcome instanceof JunitReader.Outcome.NoReport other && paths.contains(file)) {
                refused.add(
                        new Refusal(file, "its root element is <" + Text.cut(other.root(), 60) + ">, not <testsuite>"));
            }
        }
        return new FailureReport(tally.categories(), reports, tests, refused);
    }

    private static Set<Path> files(List<Path> paths) {
        Set<Path> files = new LinkedHashSet<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(below(path));
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(".xml") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CannotRunException("can't read the folder " + folder + " (" + e + ")");
        }
    }
}
