package siodiag.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.core.Text;
import siodiag.core.Timings;
import siodiag.harness.Child;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;

/**
 * Servers that stall, lie, flood and send what no terminal should see: a verdict each time, in time and in bounded
 * memory. One after the other, since some of them keep a core busy.
 */
class HostileTest {
    private static final int TIMEOUT_SECONDS = 2;
    /** A run's own budget, and what a JVM on a busy machine needs to start and to report. */
    private static final long MAX_SECONDS = TIMEOUT_SECONDS
            + Timings.of(Duration.ofSeconds(TIMEOUT_SECONDS)).beyondTimeout().toSeconds()
            + 5;

    private static final int HEAP_MEGABYTES = 256; // what run-all gives itself
    private static final PeakHeap PEAK = new PeakHeap();

    static Stream<String> kinds() {
        return Stream.of("hostile", "evil")
                .flatMap(program -> kinds(program).stream().map(kind -> program + " kind=" + kind))
                .filter(start -> start.contains(System.getProperty("lab.scenario", "")));
    }

    private static List<String> kinds(String program) {
        Path servers = Project.root().resolve("tests/lab/servers");
        try (Child child = Child.start(servers, Map.of(), List.of("node", program + ".js", "kind=list"))) {
            return List.of(child.await("KINDS ", Duration.ofSeconds(10)).split(" "));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void gets_a_verdict(String start, @TempDir Path logs) {
        String environment = PeakHeap.environment(logs);
        try (Deployment deployment = Deployment.of(start)) {
            Doctor doctor = Doctor.examineAsUser(start, environment + " -v --timeout " + TIMEOUT_SECONDS, deployment);
            PEAK.read(start, logs);
            assertVerdict(doctor);
            assertHarmless(doctor.run().out() + doctor.run().err() + doctor.result());
        }
    }

    @AfterAll
    static void print() {
        PEAK.print(System.out, HEAP_MEGABYTES);
    }

    private static void assertVerdict(Doctor doctor) {
        Toolkit.Run run = doctor.run();
        Integer exitCode = Map.of("healthy", 0, "degraded", 20, "broken", 21).get(doctor.verdict());
        assertNotNull(exitCode, () -> "no verdict, exit " + run.exitCode() + ": " + run.err());
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.seconds() <= MAX_SECONDS, () -> "took " + run.seconds() + " s");
    }

    private static void assertHarmless(String printed) {
        assertFalse(
                printed.contains("\u001b") || printed.contains("\u202e") || printed.contains("\u0085"),
                () -> "a control character came through: " + Text.visible(printed));
        assertFalse(
                printed.contains("\tat ") || printed.contains("OutOfMemory") || printed.contains("StackOverflow"),
                () -> "a stack trace: " + printed);
        assertFalse(
                printed.contains("dev-token") || printed.contains("hidden-in"), () -> "a secret is shown: " + printed);
        assertTrue(printed.length() < 400_000, () -> printed.length() + " characters were printed");
    }
}
