package siodiag.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import siodiag.core.Json;

/** A result as a command writes it with {@code --json}. */
public record JsonResult(JsonNode json) {

    public static JsonResult of(String document) {
        return new JsonResult(Json.parse(document));
    }

    public static JsonResult of(Path file) throws IOException {
        return of(Files.readString(file));
    }

    public String verdict() {
        return json.path("verdict").asText();
    }

    /** The first diagnosis, the root cause. */
    public JsonNode diagnosis() {
        return json.path("diagnoses").path(0);
    }

    public String cause() {
        return diagnosis().path("cause").asText();
    }

    /** @throws AssertionError where there is no such check */
    public JsonNode check(String id) {
        for (JsonNode check : json.path("checks")) {
            if (check.path("id").asText().equals(id)) {
                return check;
            }
        }
        throw new AssertionError("no check " + id + " in " + json);
    }

    public String status(String check) {
        return check(check).path("status").asText();
    }

    @Override
    public String toString() {
        return json.toPrettyString();
    }
}
