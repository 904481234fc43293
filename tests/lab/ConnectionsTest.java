package siodiag.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import siodiag.catalogue.Cause;
import siodiag.command.TargetOptions;
import siodiag.core.Redactor;
import siodiag.diagnosis.Diagnostician;
import siodiag.diagnosis.Rule;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.probe.DiagnosticRun;
import siodiag.probe.reach.OriginProbe;
import siodiag.probe.reach.Reach;
import siodiag.probe.transport.TransportProbe;
import siodiag.protocol.Engine;
import siodiag.protocol.Transports;
import siodiag.target.Plan;
import siodiag.target.Target;

/** How many TCP connections a server sees: counted where they arrive. */
class ConnectionsTest {
    /** The probe of hop tcp connects once by itself. */
    private static final int TCP = 1;

    /** netty-socketio closes the connection after each answer. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"node4, 9", "python, 9", "uvicorn, 9", "netty, 16"})
    void a_healthy_server_sees_few_up_to_its_transports(String server, int most) throws Exception {
        try (Deployment deployment = Deployment.of(server)) {
            assertTransports(deployment, most);
        }
    }

    @Test
    void a_stated_origin_costs_two_more() throws Exception {
        try (Deployment deployment = Deployment.of("node4 origin=https://app.test")) {
            assertTransports(deployment, 11, "--origin", "https://app.test");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"web, NOT_SOCKETIO", "web kind=spa, NOT_SOCKETIO", "web kind=hangs, NO_RESPONSE"})
    void a_server_without_socket_io_sees_few_while_paths_are_tried(String server, Cause expected) throws Exception {
        try (Deployment deployment = Deployment.of(server);
                CuttingRelay relay = relay(deployment)) {
            DiagnosticRun examination = new DiagnosticRun(
                    target(relay.url().toString()),
                    EnumSet.allOf(DiagnosticRun.Part.class),
                    Plan.DEFAULT,
                    finding -> {});
            examination.run();
            List<Cause> causes = Diagnostician.holding(examination.findings()).stream()
                    .map(Rule::cause)
                    .toList();
            assertEquals(List.of(expected), causes);
            assertTrue(relay.accepted() <= 25, relay.accepted() + " connections");
        }
    }

    private static void assertTransports(Deployment deployment, int most, String... options) throws Exception {
        List<Finding> findings = new ArrayList<>();
        new Reach(target(deployment.fill("{last}")), new Findings(new Redactor(""), finding -> {}))
                .run(); // warms it up
        try (CuttingRelay relay = relay(deployment)) {
            Target target = target(relay.url().toString(), options);
            Findings told = new Findings(new Redactor(""), findings::add);
            Engine engine = new Reach(target, told).run().orElseThrow();
            assertTrue(OriginProbe.run(target, engine, told));
            Transports transports = new TransportProbe(target, engine, told).run();
            assertTrue(transports.polling() && transports.webSocket(), findings.toString());
            assertTrue(findings.stream().noneMatch(Finding::isTrouble), findings.toString());
            assertTrue(relay.accepted() <= TCP + most, relay.accepted() + " connections: " + findings);
        }
    }

    private static CuttingRelay relay(Deployment deployment) throws IOException {
        return CuttingRelay.start(URI.create(deployment.fill("{last}")), Long.MAX_VALUE);
    }

    private static Target target(String url, String... options) {
        String[] all =
                Stream.concat(Stream.of("--url", url), Arrays.stream(options)).toArray(String[]::new);
        return CommandLine.populateCommand(new TargetOptions(), all).target();
    }
}
