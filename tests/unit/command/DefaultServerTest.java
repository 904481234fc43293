package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.probe.reach.PortScan;
import siodiag.protocol.HttpReply;
import siodiag.target.HookPort;

/** Which server is meant where none was named, and whether hooks reach it. */
class DefaultServerTest {
    private static final String MPM =
            "{\"status\":\"running\",\"service\":\"claude-mpm-monitor\",\"version\":\"6.5.83\"}";
    private static final String MONITOR = "{\"status\":\"healthy\",\"monitor\":\"socketio-diagnostics\"}";
    private static final HookPort DEFAULT = HookPort.of(Map.of());

    @Test
    void nothing_listens() {
        assertTrue(choose(DEFAULT).isEmpty());
    }

    @Test
    void claude_mpm_at_the_hooks_port_is_it_whatever_else_there_is() {
        assertEquals(Optional.of(found(8765)), choose(DEFAULT, http(8765, MPM), http(8766, MPM)));
        HookPort stated = HookPort.of(Map.of("CLAUDE_MPM_SERVER_PORT", "8770"));
        assertEquals(Optional.of(found(8770)), choose(stated, http(8765, MPM), http(8770, MPM)));
    }

    @Test
    void claude_mpm_at_another_port_is_examined_and_misses_its_hooks() {
        DefaultServer server =
                choose(DEFAULT, mute(8765), http(8766, "{}"), http(8767, MPM)).orElseThrow();
        assertEquals(URI.create("http://localhost:8767"), server.url());
        Finding mismatch = server.mismatch().orElseThrow();
        assertEquals(Symptom.HOOKS_POST_TO_OTHER_PORT, mismatch.sign());
        assertEquals("claude-mpm 6.5.83 listens at port 8767, its hooks post to 8765", mismatch.subject());
        assertEquals(
                List.of(
                        "GET http://localhost:8767/health: HTTP 200 OK, body \"" + MPM + "\"",
                        "hooks post to localhost:8765 (claude-mpm's default)",
                        "port 8765 is held by somebody",
                        "GET http://localhost:8765/health: no HTTP answer"),
                mismatch.evidence());
    }

    @Test
    void nobody_at_the_hooks_port_is_a_mismatch_too() {
        Finding mismatch = choose(DEFAULT, http(8766, MPM))
                .flatMap(DefaultServer::mismatch)
                .orElseThrow();
        assertTrue(mismatch.detail().endsWith("; nothing listens at port 8765"), mismatch.detail());
    }

    @Test
    void a_monitor_that_stands_in_at_the_hooks_port_is_meant() {
        assertEquals(Optional.of(found(8765)), choose(DEFAULT, http(8765, MONITOR), http(8766, MPM)));
    }

    @Test
    void what_is_not_recognised_is_examined_at_the_default_address_only() {
        assertEquals(Optional.of(found(8765)), choose(DEFAULT, http(8765, "{}"), http(8766, MONITOR)));
        assertEquals(Optional.of(found(8765)), choose(DEFAULT, mute(8765)));
        assertTrue(choose(DEFAULT, http(8766, "{}"), mute(8767)).isEmpty());
    }

    @Test
    void a_daemon_of_the_same_project_without_sockets_is_none() {
        assertTrue(choose(DEFAULT, http(8766, "{\"service\":\"claude-mpm-serve\",\"status\":\"healthy\"}"))
                .isEmpty());
    }

    @Test
    void hooks_that_post_to_another_machine_expect_nothing_of_this_one() {
        HookPort other = HookPort.of(Map.of("CLAUDE_MPM_SERVER_HOST", "monitor.example"));
        assertEquals(Optional.of(found(8766)), choose(other, http(8765, "{}"), http(8766, MPM)));
    }

    private static Optional<DefaultServer> choose(HookPort hooks, PortScan.Answer... answers) {
        return DefaultServer.choose(hooks, List.of(answers), port -> "somebody");
    }

    private static DefaultServer found(int port) {
        return new DefaultServer(URI.create("http://localhost:" + port), Optional.empty());
    }

    private static PortScan.Answer http(int port, String body) {
        return new PortScan.Answer(port, Optional.of(new HttpReply(200, "OK", Map.of(), body, false)));
    }

    private static PortScan.Answer mute(int port) {
        return new PortScan.Answer(port, Optional.empty());
    }
}
