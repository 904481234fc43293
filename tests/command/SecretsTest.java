package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;
import siodiag.lab.Deployment;

/** The token that the doctor is given shows in none of its outputs, however the server answers to it. */
class SecretsTest {
    private static final String TOKEN = "kX9-verySecret-77";

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "run-all,   node4",
        "run-all,   node4 token=kX9-verySecret-77",
        "run-all,   evil kind=refuses-with-secrets",
        "run-all,   python auth=maintenance",
        "conn-auth, node4",
        "hook-test, node4 token=kX9-verySecret-77",
        "e2e,       node4 token=kX9-verySecret-77"
    })
    void token_stays_hidden(String alias, String start, @TempDir Path folder) throws IOException {
        try (Deployment deployment = Deployment.of(start)) {
            Toolkit.Run run = Toolkit.runIn(
                    Project.root(),
                    Map.of("CLAUDE_MPM_HOOK_DEBUG", "true"),
                    alias,
                    "--url",
                    deployment.fill("{last}"),
                    "--token",
                    TOKEN,
                    "--timeout",
                    "2",
                    "-v",
                    "--json",
                    folder + "/r.json",
                    "--junit",
                    folder + "/r.xml",
                    "--report",
                    folder + "/r.md");
            assertHidden(run.out(), "standard output");
            assertHidden(run.err(), "standard error");
            for (String file : List.of("r.json", "r.xml", "r.md")) {
                assertHidden(Files.readString(folder.resolve(file)), file);
            }
        }
    }

    private static void assertHidden(String text, String where) {
        assertFalse(
                text.contains(TOKEN) || text.contains("verySecret"), () -> "the token is in " + where + ":\n" + text);
    }
}
