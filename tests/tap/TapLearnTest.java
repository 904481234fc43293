package siodiag.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.harness.JsonResult;
import siodiag.harness.LoadedScript;
import siodiag.harness.Toolkit;
import siodiag.lab.Deployment;
import siodiag.lab.Scenario;

/** Flows learned from the traffic of real clients: with them a working application is healthy, and a fault is named. */
class TapLearnTest {
    @TempDir
    private Path folder;

    static Stream<TapApplication> applications() {
        return TapApplication.all("applications.txt");
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("applications")
    @Execution(ExecutionMode.CONCURRENT)
    void a_learned_flow_tells_a_working_application_from_a_broken_one(TapApplication application) throws Exception {
        try (Deployment working = Deployment.of(application.start())) {
            try (TapRun tap = TapRun.start(folder, working.fill("{last}"))) {
                tap.clients(working.fill(application.clients()));
                JsonResult seen = tap.stop();
                assertEquals("healthy", seen.verdict(), seen.toString());
                assertFalse(tap.learned().isEmpty(), tap.process().out());
            }
            JsonResult healthy = runAll(working, application, "healthy.json");
            assertEquals("healthy", healthy.verdict(), flow() + healthy);
            assertEquals(List.of(), healthy.json().path("notTested").findValuesAsText("hop"), flow() + healthy);
        }
        try (Deployment broken = Deployment.of(application.start() + " " + application.fault())) {
            JsonResult result = runAll(broken, application, "broken.json");
            assertEquals(application.cause(), result.cause(), flow() + result);
        }
    }

    private String flow() throws Exception {
        return java.nio.file.Files.readString(folder.resolve("flow.json")) + "\n";
    }

    private JsonResult runAll(Deployment deployment, TapApplication application, String name) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "--url",
                deployment.fill("{last}"),
                "--flow",
                folder.resolve("flow.json").toString(),
                "--json",
                folder.resolve(name).toString()));
        words.addAll(Scenario.words(deployment.fill(application.stated())));
        Toolkit.Run run = LoadedScript.run(LoadedScript.command("RunAll"), words);
        if (run.exitCode() == 64) {
            throw new AssertionError(run.err() + flow());
        }
        return JsonResult.of(folder.resolve(name));
    }
}
