package siodiag.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import siodiag.command.TargetOptions;
import siodiag.core.Deadline;
import siodiag.core.Pace;
import siodiag.core.Scope;
import siodiag.finding.Finding;
import siodiag.monitor.MonitorServer;
import siodiag.probe.DiagnosticRun;
import siodiag.server.ServerConfig;
import siodiag.target.Application;
import siodiag.target.Plan;
import siodiag.target.Target;

/** A run that is over: whatever it was doing, no thread of it is left, opens a connection or adds a finding. */
class RunEndTest {
    /** The server's, the test's own, and those that all runs share and that hold no connection. */
    private static final List<String> OF_OTHERS = List.of(
            "monitor",
            "relay",
            "caller",
            "junit",
            "process reaper",
            "timers",
            "CompletableFutureDelayScheduler",
            "EventThread",
            "OkHttp TaskRunner",
            "Okio Watchdog",
            "rehearsal");
    /** For what was opened before the end. */
    private static final Duration ACCEPTING = Duration.ofMillis(50);

    private static final Duration QUIET = Duration.ofMillis(700);
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private MonitorServer server;
    private CuttingRelay relay;

    @BeforeEach
    void start() throws IOException {
        server = MonitorServer.start(
                ServerConfig.defaults().port(0).token(Target.DEFAULT_TOKEN).namespaces(Application.EIGHT));
        relay = CuttingRelay.start(URI.create(server.url()), Long.MAX_VALUE);
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        server.close();
    }

    @ParameterizedTest(name = "after {0} ms")
    @ValueSource(ints = {1, 30, 80, 150, 250, 400, 700, 1100, 1600, 30_000})
    void nothing_of_it_goes_on(int limitMs) throws Exception {
        DiagnosticRun run =
                new DiagnosticRun(target(), EnumSet.allOf(DiagnosticRun.Part.class), Plan.DEFAULT, finding -> {});
        run.run(Duration.ofMillis(limitMs));
        assertIsOver(run);
    }

    @Test
    void it_can_be_stopped_from_another_thread() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        DiagnosticRun run = new DiagnosticRun(
                target(), EnumSet.allOf(DiagnosticRun.Part.class), Plan.DEFAULT, finding -> begun.complete(null));
        CompletableFuture<Boolean> ended = Scope.current().fork("caller", run::run);
        begun.join();
        run.stop();
        assertIsOver(run);
        assertTrue(assertThrows(Exception.class, ended::join).getCause() instanceof CancellationException
                || ended.isCancelled());
    }

    private void assertIsOver(DiagnosticRun run) throws Exception {
        List<Finding> found = run.findings();
        Deadline quiet = Deadline.in(QUIET);
        Pace.pause(ACCEPTING);
        int connections = relay.accepted();
        Pace.awaitUntil(quiet.nanos()); // nothing announces that nothing comes
        assertEquals(connections, relay.accepted(), "connections opened after the end");
        assertEquals(found, run.findings());
        awaitEndOfThreads();
        assertFalse(found.stream().anyMatch(Finding::isTrouble), found.toString());
    }

    /** A thread that is loading a class can't be interrupted. */
    private void awaitEndOfThreads() throws InterruptedException {
        Deadline deadline = Deadline.in(Duration.ofSeconds(3));
        while (!threadsOfTheRun().isEmpty() && !deadline.passed()) {
            Pace.pause(Duration.ofMillis(20));
        }
        assertEquals(List.of(), threadsOfTheRun());
    }

    private List<String> threadsOfTheRun() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> !before.contains(thread.getKey()))
                .filter(thread -> OF_OTHERS.stream().noneMatch(thread.getKey().getName()::startsWith))
                .map(thread -> thread.getKey().getName() + " at " + List.of(thread.getValue()))
                .toList();
    }

    private Target target() {
        return CommandLine.populateCommand(
                        new TargetOptions(), "--url", relay.url().toString())
                .target();
    }
}
