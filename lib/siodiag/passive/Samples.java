package siodiag.passive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import siodiag.core.JsonText;
import siodiag.core.Redactor;
import siodiag.core.SecretFields;
import siodiag.server.JsonRedactor;

/** Arguments as a sample for a flow file: secrets redacted, marks where each event or client has another value. */
final class Samples {
    private static final String MARK = "{mark}";

    private final JsonRedactor secrets;
    private final Set<String> notes;

    Samples(Redactor secrets, Set<String> notes) {
        this.secrets = new JsonRedactor(secrets);
        this.notes = notes;
    }

    /** @param marked the paths of texts that have a value of their own in each event */
    JsonNode of(String args, Set<String> marked) {
        return safe(marked(read(args), "", marked, Set.of()));
    }

    /** A step of a client: what no other client has in its place is marked, unless it is needed as it is. */
    JsonNode of(Setups.Step step, Set<String> fixed, List<List<Setups.Step>> others) {
        JsonNode args = read(step.args);
        boolean hasSecret = !SecretFields.varied(args, (name, value) -> "").equals(args);
        Set<String> own = new HashSet<>();
        if (!hasSecret) {
            Scalars.read(step.args).stream()
                    .filter(Scalars.Scalar::isText)
                    .filter(scalar -> !fixed.contains(scalar.text()) && isOwn(step, scalar, others))
                    .forEach(scalar -> own.add(scalar.path()));
        }
        return safe(marked(args, "", own, fixed));
    }

    /** Whether others do the same with other values. */
    private static boolean isOwn(Setups.Step step, Scalars.Scalar scalar, List<List<Setups.Step>> others) {
        boolean seen = false;
        for (List<Setups.Step> other : others) {
            for (Setups.Step same : other) {
                if (same != step && same.name.equals(step.name)) {
                    boolean equal = Scalars.read(same.args).stream()
                            .anyMatch(one -> one.path().equals(scalar.path())
                                    && one.text().equals(scalar.text()));
                    if (equal && !other.contains(step)) {
                        return false;
                    }
                    seen |= !equal;
                }
            }
        }
        return seen;
    }

    private static JsonNode read(String args) {
        try {
            return JsonText.MAPPER.readTree(args);
        } catch (JsonProcessingException unreadable) {
            return JsonText.MAPPER.createArrayNode();
        }
    }

    private static JsonNode marked(JsonNode node, String path, Set<String> marked, Set<String> fixed) {
        if (node.isTextual()) {
            return marked.contains(path) && !fixed.contains(node.asText()) ? TextNode.valueOf(MARK) : node;
        } else if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(field ->
                            field.setValue(marked(field.getValue(), path + "." + field.getKey(), marked, fixed)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, marked(array.get(i), path + "[" + i + "]", marked, fixed));
            }
        }
        return node;
    }

    private JsonNode safe(JsonNode sample) {
        JsonNode hidden =
                SecretFields.varied(sample, (name, value) -> value.contains(MARK) ? value : Redactor.mask(value));
        JsonNode safe = secrets.hideStrings(hidden);
        if (!safe.equals(sample)) {
            notes.add("Secrets in the samples are redacted: put in ones that are valid for a test.");
        }
        return safe;
    }
}
