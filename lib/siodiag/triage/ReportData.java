package siodiag.triage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import siodiag.core.Text;

/** The machine-readable forms: {@code data/categories.json}, and the whole report for {@code --format json}. */
final class ReportData {
    private static final int SCHEMA = 1;
    private static final int SAMPLE_MESSAGE = 1000;
    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build()
            .writerWithDefaultPrettyPrinter();

    private ReportData() {}

    private record Report(
            int schema,
            String tool,
            int failures,
            long tests,
            int reports,
            List<Refused> refused,
            List<First> first,
            Map<String, Category> categories,
            @JsonInclude(JsonInclude.Include.NON_NULL) Comparison compare) {}

    private record Refused(String file, String why) {}

    private record First(String category, String subpattern, int count, String why) {}

    private record Category(
            int count, @JsonProperty("nodeids") List<String> nodeIds, Map<String, Subpattern> subpatterns) {}

    private record Subpattern(
            int count,
            @JsonProperty("sample_nodeids") List<String> sampleNodeIds,
            String excType,
            String sampleMessage) {}

    private record Comparison(int newTests, int goneTests, List<Change> subpatterns) {}

    private record Change(String change, String category, String subpattern, int before, int now) {}

    /** Per category its count, node ids and subpatterns. */
    static void writeCategories(List<FailureCategory> categories, Writer out) throws IOException {
        JSON.writeValue(out, categories(categories));
    }

    /** @param comparison null where there was nothing to compare with */
    static String ofReport(FailureReport report, ReportComparison comparison) {
        List<Refused> refused = report.refused().stream()
                .map(refusal -> new Refused(refusal.file().toString(), refusal.why()))
                .toList();
        List<First> first = FirstBucket.first(report.categories()).stream()
                .map(bucket -> new First(
                        bucket.category(),
                        bucket.pattern().template(),
                        bucket.pattern().count(),
                        bucket.why()))
                .toList();
        try {
            return JSON.writeValueAsString(new Report(
                    SCHEMA,
                    "triage",
                    report.failures(),
                    report.tests(),
                    report.reports(),
                    refused,
                    first,
                    categories(report.categories()),
                    comparison == null ? null : comparison(comparison)));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Map<String, Category> categories(List<FailureCategory> categories) {
        Map<String, Category> byName = new LinkedHashMap<>();
        categories.forEach(category -> byName.put(
                category.name(), new Category(category.count(), category.nodeIds(), subpatterns(category.patterns()))));
        return byName;
    }

    /** Two causes can look the same once their values are taken out: the later one is numbered. */
    private static Map<String, Subpattern> subpatterns(List<FailurePattern> patterns) {
        Map<String, Subpattern> byTemplate = new LinkedHashMap<>();
        for (FailurePattern pattern : patterns) {
            Subpattern subpattern = subpattern(pattern);
            String name = pattern.template();
            for (int number = 2; byTemplate.putIfAbsent(name, subpattern) != null; number++) {
                name = pattern.template() + " (" + number + ")";
            }
        }
        return byTemplate;
    }

    private static Subpattern subpattern(FailurePattern pattern) {
        String message = pattern.thrown().message();
        return new Subpattern(
                pattern.count(),
                pattern.examples().stream().map(Failure::nodeId).toList(),
                pattern.thrown().simpleType(),
                message.length() <= SAMPLE_MESSAGE ? message : Text.cut(message, SAMPLE_MESSAGE));
    }

    private static Comparison comparison(ReportComparison comparison) {
        return new Comparison(
                comparison.newTests(),
                comparison.goneTests(),
                comparison.changes().stream()
                        .map(change -> new Change(
                                change.kind(), change.category(), change.template(), change.before(), change.now()))
                        .toList());
    }
}
