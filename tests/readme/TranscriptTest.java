package siodiag.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.command.CredentialOptions;
import siodiag.command.TargetOptions;
import siodiag.harness.Child;
import siodiag.harness.Project;
import siodiag.lab.Deployment;
import siodiag.monitor.MonitorServer;
import siodiag.server.ServerConfig;
import siodiag.target.Target;

/** Every snippet of the documents, run as pasted: it succeeds, and what it prints has the shape of what they show. */
class TranscriptTest {
    private static final Duration LIMIT = Duration.ofSeconds(240);
    private static final String PORT = String.valueOf(Target.DEFAULT_PORT);
    private static final String CHAT_PORT = "3000";
    private static MonitorServer monitor;
    private static Deployment chat;

    @BeforeAll
    static void start() throws IOException {
        monitor = MonitorServer.start(ServerConfig.defaults());
        chat = Deployment.of("chat");
    }

    @AfterAll
    static void stop() {
        monitor.close();
        chat.close();
    }

    static List<Snippet> snippets() throws IOException {
        return Documents.snippets().stream().filter(Snippet::isRun).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("snippets")
    void does_what_it_shows(Snippet snippet) {
        String port = snippet.needsMonitor() ? String.valueOf(monitor.port()) : PORT;
        String chatPort = snippet.needsChat() ? chat.fill("{port}") : CHAT_PORT;
        List<String> command = snippet.command().stream()
                .map(word -> word.replace(PORT, port).replace(CHAT_PORT, chatPort))
                .toList();
        Map<String, String> environment = snippet.needsMonitor()
                ? Map.of(TargetOptions.PORT_VARIABLE, port, CredentialOptions.TOKEN_VARIABLE, "dev-token")
                : Map.of();
        try (Child run = Child.start(Project.root(), environment, command)) {
            assertEquals(snippet.exitCode(), run.exitCode(LIMIT), () -> run.out() + run.err());
            List<String> printed =
                    run.out().lines().filter(line -> !line.isBlank()).toList();
            assertTrue(
                    snippet.shown().isEmpty() && snippet.language().equals("sh")
                            || Shape.matches(snippet.expected(), printed),
                    () -> "expected:\n" + String.join("\n", snippet.expected()) + "\nprinted:\n" + run.out()
                            + run.err());
        }
    }
}
