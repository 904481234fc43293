package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.harness.FreePort;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;

/** {@code --json -}: one JSON document on standard output and nothing else, whatever happens besides. */
class JsonOutputTest {
    @Test
    void is_one_document_on_the_first_run(@TempDir Path emptyCache) throws IOException {
        Toolkit.Run run = Toolkit.runIn(
                Project.root(), Map.of("JBANG_DIR", emptyCache.toString()), "run-all", "--embedded", "--json", "-");
        assertEquals("healthy", only(run).path("verdict").asText(), run.err());
        assertEquals(0, run.exitCode());
    }

    @Test
    void is_one_document_where_nothing_listens() throws IOException {
        Toolkit.Run run = Toolkit.run("run-all", "--url", "http://127.0.0.1:" + FreePort.any(), "--json", "-");
        assertEquals(
                "connection-refused",
                only(run).path("diagnoses").path(0).path("cause").asText(),
                run.err());
        assertEquals(21, run.exitCode());
    }

    @Test
    void is_one_document_with_every_other_output_switched_on(@TempDir Path folder) throws IOException {
        Toolkit.Run run = Toolkit.run(
                "run-all",
                "--embedded",
                "-v",
                "--json",
                "-",
                "--junit",
                folder.resolve("junit.xml").toString(),
                "--report",
                folder.resolve("report.md").toString());
        assertEquals(1, only(run).path("schema").asInt(), run.err());
    }

    private static JsonNode only(Toolkit.Run run) throws IOException {
        try (JsonParser parser = new ObjectMapper().createParser(run.out())) {
            JsonNode document = parser.readValueAsTree();
            assertNull(parser.nextToken(), () -> "more than one document: " + run.out());
            return document;
        }
    }
}
