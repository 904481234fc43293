package siodiag.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.harness.JsonResult;
import siodiag.lab.Deployment;
import siodiag.lab.Scenario;

/** Faults that are seen through real clients only, and working servers in which there is nothing to see. */
class TapFaultsTest {
    @TempDir
    private Path folder;

    static Stream<TapApplication> faults() {
        return TapApplication.all("faults.txt");
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("faults")
    @Execution(ExecutionMode.CONCURRENT)
    void the_cause_is_told_from_the_traffic(TapApplication row) {
        try (Deployment deployment = Deployment.of(row.start())) {
            List<String> options = Scenario.words(deployment.fill(row.stated()));
            String server = options.stream()
                    .filter(option -> option.startsWith("--to="))
                    .map(option -> option.substring("--to=".length()))
                    .findFirst()
                    .orElse(deployment.fill("{last}"));
            String[] others = options.stream()
                    .filter(option -> !option.startsWith("--to="))
                    .toArray(String[]::new);
            try (TapRun tap = TapRun.start(folder, server, others)) {
                tap.clients(deployment.fill(row.clients()));
                JsonResult result = tap.stop();
                judge(row, result);
            }
        }
    }

    private static void judge(TapApplication row, JsonResult result) {
        if (row.cause().equals(Scenario.HEALTHY)) {
            assertEquals(Scenario.HEALTHY, result.verdict(), result.toString());
            return;
        }
        assertEquals(row.cause(), result.cause(), result.toString());
        assertFalse(result.diagnosis().path("evidence").isEmpty(), result.toString());
        List<String> also = Scenario.words(row.fault());
        result.json().path("diagnoses").forEach(diagnosis -> {
            String cause = diagnosis.path("cause").asText();
            assertTrue(cause.equals(row.cause()) || also.contains(cause), result.toString());
        });
    }
}
