package siodiag.triage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import siodiag.core.Json;
import siodiag.core.UsageException;

/**
 * What has changed since an earlier run.
 *
 * @param newTests failing now and not then
 * @param goneTests failing then and not now
 * @param changes the subpatterns that are new, gone, grown or shrunk
 */
record ReportComparison(int newTests, int goneTests, List<Change> changes) {

    /** A subpattern's number of failures in the earlier run and in this one. */
    record Change(String category, String template, int before, int now) {
        String kind() {
            return before == 0 ? "new" : now == 0 ? "gone" : now > before ? "grown" : "shrunk";
        }
    }

    /** The names and counts of an earlier run. */
    record Earlier(Set<String> tests, Map<List<String>, Integer> patterns) {

        /**
         * @param path the earlier run's folder, or its {@code categories.json}
         * @throws UsageException says in one line why there is nothing to compare with
         */
        static Earlier read(Path path) {
            Path file = Files.isDirectory(path) ? path.resolve("data/categories.json") : path;
            Earlier earlier = new Earlier(new HashSet<>(), new TreeMap<>(ReportComparison::byText));
            try {
                for (Map.Entry<String, JsonNode> category :
                        Json.MAPPER.readTree(file.toFile()).properties()) {
                    category.getValue().path("nodeids").forEach(id -> earlier.tests.add(id.asText()));
                    for (Map.Entry<String, JsonNode> pattern :
                            category.getValue().path("subpatterns").properties()) {
                        earlier.patterns.put(
                                List.of(category.getKey(), pattern.getKey()),
                                pattern.getValue().path("count").asInt());
                    }
                }
                return earlier;
            } catch (IOException e) {
                throw new UsageException("can't compare with " + path
                        + ": give the folder that an earlier run wrote with --out, or its data/categories.json");
            }
        }
    }

    static ReportComparison of(Earlier earlier, List<FailureCategory> categories) {
        Set<String> tests = new HashSet<>();
        Map<List<String>, Integer> now = new TreeMap<>(ReportComparison::byText);
        for (FailureCategory category : categories) {
            tests.addAll(category.nodeIds());
            category.patterns()
                    .forEach(pattern ->
                            now.merge(List.of(category.name(), pattern.template()), pattern.count(), Integer::sum));
        }
        Set<List<String>> all = new TreeSet<>(ReportComparison::byText);
        all.addAll(earlier.patterns.keySet());
        all.addAll(now.keySet());
        List<Change> changes = new ArrayList<>();
        for (List<String> each : all) {
            Change change = new Change(
                    each.get(0), each.get(1), earlier.patterns.getOrDefault(each, 0), now.getOrDefault(each, 0));
            if (change.before() != change.now()) {
                changes.add(change);
            }
        }
        int common = (int) tests.stream().filter(earlier.tests::contains).count();
        return new ReportComparison(tests.size() - common, earlier.tests.size() - common, changes);
    }

    private static int byText(List<String> one, List<String> other) {
        int category = one.get(0).compareTo(other.get(0));
        return category != 0 ? category : one.get(1).compareTo(other.get(1));
    }
}
