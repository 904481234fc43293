package siodiag.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import siodiag.catalogue.Cause;
import siodiag.command.TargetOptions;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Diagnostician;
import siodiag.probe.DiagnosticRun;
import siodiag.target.Plan;
import siodiag.target.Target;

/** A real server, each connection to which ends after so many bytes of its answer. */
class CutTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Set<DiagnosticRun.Part> TO_THE_NAMESPACE = EnumSet.noneOf(DiagnosticRun.Part.class);
    private static Deployment node;

    /** From about the end of the handshake to where a conversation is long enough to be a dropped session. */
    static IntStream bytes() {
        return IntStream.iterate(280, at -> at <= 600, at -> at + 11);
    }

    @BeforeAll
    static void start() {
        node = Deployment.of("node4");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void a_handshake_cut_at_every_byte_is_named() throws IOException, InterruptedException {
        assertEquals(List.of(Cause.CONNECTION_RESET), causes(0, TO_THE_NAMESPACE));
        int bytes = 1;
        while (causes(bytes, TO_THE_NAMESPACE).equals(List.of(Cause.HANDSHAKE_INVALID))) {
            bytes++;
        }
        assertTrue(bytes > 200 && bytes < 400, "after " + bytes + " bytes: " + causes(bytes, TO_THE_NAMESPACE));
    }

    @ParameterizedTest(name = "after {0} bytes")
    @MethodSource("bytes")
    @Execution(ExecutionMode.CONCURRENT)
    void a_conversation_cut_after_the_handshake_is_a_dropped_session(int bytes)
            throws IOException, InterruptedException {
        List<Cause> causes = causes(bytes, EnumSet.allOf(DiagnosticRun.Part.class));
        assertTrue(causes.contains(Cause.SESSION_DROPPED), causes.toString());
    }

    private static List<Cause> causes(int bytes, Set<DiagnosticRun.Part> parts)
            throws IOException, InterruptedException {
        try (CuttingRelay relay = CuttingRelay.start(URI.create(node.fill("{last}")), bytes)) {
            Target target = CommandLine.populateCommand(
                            new TargetOptions(),
                            "--url",
                            relay.url().toString(),
                            "--token",
                            Target.DEFAULT_TOKEN,
                            "--namespaces",
                            "/hook",
                            "--flow",
                            "echo",
                            "--timeout",
                            String.valueOf(TIMEOUT.toSeconds()))
                    .target();
            DiagnosticRun examination = new DiagnosticRun(target, parts, Plan.DEFAULT, finding -> {});
            assertTrue(examination.run(), () -> "not in time: " + examination.findings());
            return Diagnostician.diagnose(examination.findings(), examination.family(), Set.of()).stream()
                    .map(Diagnosis::cause)
                    .toList();
        }
    }
}
