package siodiag.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.monitor.MonitorServer;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerConfig;

/** {@code dashboard.html} in a real Chromium; the questions to the page are in the {@code *.test.js} files here. */
class DashboardPageTest {
    private static final Path HERE = Project.root().resolve("tests/dashboard");
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @BeforeEach
    void browser() {
        Program.NODE.need();
        Program.CHROMIUM.need();
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "faults", "applications"})
    void against_real_servers(String file) {
        Program.PYTHON_SOCKETIO.need();
        assertPasses(Map.of(), "--test", "--test-reporter=spec", file + ".test.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostile", "load"})
    void under_strain(String file) {
        assertPasses(Map.of(), "--test", "--test-reporter=spec", file + ".test.js");
    }

    @Test
    void in_use_and_its_export_is_a_record_that_can_be_replayed(@TempDir Path folder) throws IOException {
        Path exported = folder.resolve("export.jsonl");
        assertPasses(Map.of("EXPORTED", exported.toString()), "--test", "--test-reporter=spec", "use.test.js");
        List<RecordedEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(exported)) {
            events.add(RecordedEvent.of(new ObjectMapper().readTree(line)));
        }
        assertEquals(2, events.stream().filter(RecordedEvent::isFromClient).count(), () -> events.toString());
    }

    @Test
    void against_the_monitor() throws IOException {
        try (MonitorServer monitor = MonitorServer.start(ServerConfig.defaults())) {
            assertPasses(Map.of("MONITOR_URL", monitor.url()), "--test", "--test-reporter=spec", "monitor.test.js");
        }
    }

    private static void assertPasses(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        try (Child node = Child.start(HERE, environment, command)) {
            int exitCode = node.exitCode(LIMIT);
            assertEquals(0, exitCode, () -> node.out() + node.err());
        }
    }
}
