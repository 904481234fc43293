package siodiag;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;

/** The machine-readable forms: {@code data/categories.json}, and the whole report for {@code --format json}. */
final class TriageData {
    private static final int SAMPLE_MESSAGE = 1000;
    private static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private TriageData() {
    }

    /** Per category its count, node ids and subpatterns. */
    static void writeCategories(List<TriageCategory> categories, Writer out) throws IOException {
        try (JsonGenerator json = open(out)) {
            categories(json, categories);
        }
    }

    /** @param comparison null where there was nothing to compare with */
    static String ofReport(TriageReport report, TriageComparison comparison) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = open(out)) {
            json.writeStartObject();
            json.writeNumberField("schema", 1);
            json.writeStringField("tool", "triage");
            json.writeNumberField("failures", report.failures());
            json.writeNumberField("tests", report.tests());
            json.writeNumberField("reports", report.reports());
            refused(json, report.refused());
            first(json, TriageBucket.first(report.categories()));
            json.writeFieldName("categories");
            categories(json, report.categories());
            if (comparison != null) {
                json.writeFieldName("compare");
                comparison.write(json);
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    private static void refused(JsonGenerator json, List<TriageReport.Refusal> refused) throws IOException {
        json.writeArrayFieldStart("refused");
        for (TriageReport.Refusal refusal : refused) {
            json.writeStartObject();
            json.writeStringField("file", refusal.file().toString());
            json.writeStringField("why", refusal.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void first(JsonGenerator json, List<TriageBucket> buckets) throws IOException {
        json.writeArrayFieldStart("first");
        for (TriageBucket bucket : buckets) {
            json.writeStartObject();
            json.writeStringField("category", bucket.category());
            json.writeStringField("subpattern", bucket.pattern().template());
            json.writeNumberField("count", bucket.pattern().count());
            json.writeStringField("why", bucket.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void categories(JsonGenerator json, List<TriageCategory> categories) throws IOException {
        json.writeStartObject();
        for (TriageCategory category : categories) {
            json.writeObjectFieldStart(category.name());
            json.writeNumberField("count", category.count());
            strings(json, "nodeids", category.nodeIds());
            json.writeObjectFieldStart("subpatterns");
            Set<String> used = new HashSet<>();
            for (TriagePattern pattern : category.patterns()) {
                json.writeObjectFieldStart(unused(pattern.template(), used));
                subpattern(json, pattern);
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void subpattern(JsonGenerator json, TriagePattern pattern) throws IOException {
        json.writeNumberField("count", pattern.count());
        strings(json, "sample_nodeids", pattern.examples().stream().map(TriageFailure::nodeId).toList());
        json.writeStringField("exc_type", pattern.thrown().simpleType());
        String message = pattern.thrown().message();
        json.writeStringField("sample_message",
                message.length() <= SAMPLE_MESSAGE ? message : Text.cut(message, SAMPLE_MESSAGE));
    }

    private static void strings(JsonGenerator json, String field, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /** Two causes can look the same once their values are taken out: the later one is numbered. */
    private static String unused(String template, Set<String> used) {
        String name = template;
        for (int number = 2; !used.add(name); number++) {
            name = template + " (" + number + ")";
        }
        return name;
    }

    private static JsonGenerator open(Writer out) throws IOException {
        return JSON.createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter());
    }
}
