package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import siodiag.catalogue.Hop;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.ServerFamily;
import siodiag.report.Result;
import siodiag.target.Embedded;
import siodiag.target.Target;

/** {@code --report}: the command in it tests the same again. */
class MarkdownReportTest {
    @Test
    void names_the_server_and_every_option_that_is_not_the_default() {
        assertReproduces(
                "./jbang e2e --url http://h:1 --path /rt --namespaces /,/b --flow claude-mpm --insecure",
                target(
                        "--url",
                        "http://h:1",
                        "--path",
                        "rt/",
                        "--namespaces",
                        "/,b",
                        "--flow",
                        "claude-mpm",
                        "--insecure",
                        "--token",
                        "secret-token"));
    }

    @Test
    void tests_an_embedded_server_by_the_command_that_has_one() {
        assertReproduces("./jbang run-all --embedded", embedded(Embedded.MONITOR));
        assertReproduces("./jbang run-all --embedded netty-socketio", embedded(Embedded.NETTY_SOCKETIO));
    }

    @Test
    void says_above_all_what_was_tested_and_how_it_ended() {
        String report = MarkdownReport.render(Result.of(
                "e2e",
                target("--url", "http://h:1"),
                ServerFamily.UNKNOWN,
                List.of(Finding.pass("tcp.connect", Hop.TCP, "connected")),
                null,
                Instant.now(),
                Duration.ofSeconds(1),
                true));
        assertTrue(
                report.contains("- `Tested http://h:1/socket.io at ")
                        && report.contains("- `Interrupted before resolve, http"),
                report);
    }

    private static Target embedded(Embedded server) {
        return CommandLine.populateCommand(new TargetOptions()).embedded(server, URI.create("http://127.0.0.1:1"));
    }

    private static Target target(String... options) {
        return CommandLine.populateCommand(new TargetOptions(), options).target();
    }

    private static void assertReproduces(String command, Target target) {
        Finding failed = Finding.fail(
                "tcp.connect", Hop.TCP, Symptom.TCP_REFUSED, "h", "no connection", "h: connection refused");
        String report = MarkdownReport.render(Result.of(
                "e2e",
                target,
                ServerFamily.UNKNOWN,
                List.of(failed),
                null,
                Instant.now(),
                Duration.ofSeconds(1),
                false));
        assertTrue(report.contains("\n" + command + "\n"), report);
    }
}
