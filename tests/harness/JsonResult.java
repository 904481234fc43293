package siodiag;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A result as a command writes it with {@code --json}. */
record JsonResult(JsonNode json) {

    static JsonResult of(String document) {
        return new JsonResult(Json.parse(document));
    }

    static JsonResult of(Path file) throws IOException {
        return of(Files.readString(file));
    }

    String verdict() {
        return json.path("verdict").asText();
    }

    /** The first diagnosis, the root cause. */
    JsonNode diagnosis() {
        return json.path("diagnoses").path(0);
    }

    String cause() {
        return diagnosis().path("cause").asText();
    }

    /** @throws AssertionError where there is no such check */
    JsonNode check(String id) {
        for (JsonNode check : json.path("checks")) {
            if (check.path("id").asText().equals(id)) {
                return check;
            }
        }
        throw new AssertionError("no check " + id + " in " + json);
    }

    String status(String check) {
        return check(check).path("status").asText();
    }

    @Override
    public String toString() {
        return json.toPrettyString();
    }
}
