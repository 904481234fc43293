package siodiag;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code --report}: the command in it tests the same again. */
class MarkdownReportTest {
    @Test
    void names_the_server_and_every_option_that_is_not_the_default() {
        assertReproduces("./jbang e2e --url http://h:1 --path /rt --namespaces /a,/b --flow claude-mpm --insecure",
                target("--url", "http://h:1", "--path", "rt/", "--namespaces", "a,b", "--flow", "claude-mpm", "--insecure",
                        "--token", "secret-token"));
    }

    @Test
    void tests_an_embedded_monitor_by_the_command_that_has_one() {
        Target monitor = target("--url", "http://127.0.0.1:1");
        assertReproduces("./jbang run-all --embedded", new Target(monitor.url(), monitor.path(), monitor.token(),
                monitor.namespaces(), null, List.of(), monitor.timeout(), false, null, true));
    }

    @Test
    void says_above_all_what_was_tested_and_how_it_ended() {
        String report = MarkdownReport.render(Result.of("e2e", target("--url", "http://h:1"), Family.UNKNOWN,
                List.of(Finding.pass("tcp.connect", Hop.TCP, "connected")), null, Instant.now(), Duration.ofSeconds(1), true));
        assertTrue(report.contains("- `Tested http://h:1/socket.io at ") && report.contains("- `Interrupted before resolve, http"), report);
    }

    private static Target target(String... options) {
        return CommandLine.populateCommand(new TargetOptions(), options).target();
    }

    private static void assertReproduces(String command, Target target) {
        Finding failed = Finding.fail("tcp.connect", Hop.TCP, Sign.TCP_REFUSED, "h", "no connection", "h: connection refused");
        String report = MarkdownReport.render(Result.of("e2e", target, Family.UNKNOWN, List.of(failed), null,
                Instant.now(), Duration.ofSeconds(1), false));
        assertTrue(report.contains("\n" + command + "\n"), report);
    }
}
