package siodiag.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.protocol.ConnectResult;

/** Who is it? By the answer to GET /health, then by the namespaces. */
class RecognitionTest {
    private static final ConnectResult UNKNOWN = new ConnectResult.ConnectError("{\"message\":\"Invalid namespace\"}");
    private static final ConnectResult NO_TOKEN = new ConnectResult.ConnectError("{\"message\":\"invalid token\"}");
    private static final ConnectResult JOINED = new ConnectResult.Connected("sid");

    @Test
    void todays_claude_mpm_names_itself_and_its_version() {
        Application application = Recognition.byHealth(
                        200,
                        "{\"status\":\"running\",\"service\":\"claude-mpm-monitor\","
                                + "\"version\":\"6.5.83\",\"port\":8765,\"pid\":1,\"uptime\":12}")
                .orElseThrow();
        assertEquals("claude-mpm 6.5.83", application.title());
        assertEquals("GET /health", application.by());
        assertEquals(List.of("/"), application.namespaces());
        assertEquals(
                List.of("claude-mpm", "claude-mpm-http"),
                application.flows().stream().map(Flow::name).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"healthy\",\"service\":\"unified-monitor\",\"version\":\"1.0.0\",\"port\":8765}",
                "{\"status\":\"healthy\",\"server\":\"claude-mpm-python-socketio\",\"port\":8765,\"clients_connected\":0}",
                "{\"status\":\"healthy\",\"server_version\":\"1.0.0\",\"server_id\":\"s\",\"client_versions\":{},\"health_stats\":{},"
                        + "\"dependencies\":{\"socketio_version\":\"5\"}}",
                "{\"status\":\"healthy\",\"service\":\"claude-mpm-socketio\",\"connected_clients\":0}"
            })
    void so_do_older_ones(String health) {
        assertEquals(
                Optional.of("claude-mpm"), Recognition.byHealth(200, health).map(Application::name));
    }

    @Test
    void a_version_that_the_server_could_not_find_is_none() {
        String health = "{\"service\":\"claude-mpm-monitor\",\"version\":\"1.0.0\"}";
        assertEquals(
                Optional.of("claude-mpm"), Recognition.byHealth(200, health).map(Application::title));
    }

    /** Hooks of a server that names a service post; those of the servers before have a socket. */
    @Test
    void the_intake_belongs_to_those_whose_hooks_post() {
        assertTrue(Recognition.byHealth(200, "{\"service\":\"claude-mpm-monitor\"}")
                .orElseThrow()
                .posts());
        assertFalse(Recognition.byHealth(200, "{\"server\":\"claude-mpm-python-socketio\"}")
                .orElseThrow()
                .posts());
    }

    @Test
    void a_monitor_that_plays_claude_mpm_is_expected_to_behave_like_it() {
        assertEquals(
                Optional.of("claude-mpm 6.5.83"),
                Recognition.byHealth(
                                200,
                                "{\"service\":\"claude-mpm-monitor\",\"version\":\"6.5.83\",\"monitor\":\"socketio-diagnostics\"}")
                        .map(Application::title));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ok",
                "[]",
                "{}",
                "{\"status\":\"healthy\"}",
                "{\"status\":\"healthy\",\"port\":8765}",
                "{\"service\":\"claude-mpm-serve\",\"status\":\"healthy\"}",
                "{\"monitor\":true}",
                "<html>claude-mpm-monitor</html>"
            })
    void anybodys_health_proves_nothing(String health) {
        assertEquals(Optional.empty(), Recognition.byHealth(200, health));
    }

    @Test
    void this_projects_monitor_tells_the_namespaces_that_it_has() {
        Application application = Recognition.byHealth(
                        200,
                        "{\"monitor\":\"socketio-diagnostics\",\"version\":\"1\",\"namespaces\":[\"/hook\",\"/log\",7]}")
                .orElseThrow();
        assertEquals(List.of("/hook", "/log"), application.namespaces());
        assertTrue(application.hasToken());
        assertEquals("this toolkit's monitor 1", application.title());
    }

    @Test
    void this_projects_server_is_known_by_the_same_field() {
        assertEquals(
                "this toolkit's server",
                Recognition.byHealth(200, "{\"monitor\":\"socketio-diagnostics\",\"server\":\"netty-socketio\"}")
                        .orElseThrow()
                        .title());
    }

    @Test
    void the_first_suites_kind_has_hook_and_one_more_be_it_refused_for_the_token() {
        Application application = Recognition.byNamespaces(answers(Map.of("/hook", NO_TOKEN, "/log", JOINED)), UNKNOWN)
                .orElseThrow();
        assertEquals("its namespaces /hook, /log", application.by());
        assertEquals(Application.EIGHT, application.namespaces());
    }

    @Test
    void one_of_the_eight_is_not_enough_nor_are_two_without_hook() {
        assertEquals(Optional.empty(), Recognition.byNamespaces(answers(Map.of("/hook", JOINED)), UNKNOWN));
        assertEquals(
                Optional.empty(), Recognition.byNamespaces(answers(Map.of("/log", JOINED, "/todo", JOINED)), UNKNOWN));
        assertEquals(Optional.empty(), Recognition.byNamespaces(answers(Map.of()), UNKNOWN));
    }

    @Test
    void where_any_name_is_connected_a_name_proves_nothing() {
        Map<String, ConnectResult> all = answers(Map.of());
        all.replaceAll((name, answer) -> JOINED);
        assertEquals(Optional.empty(), Recognition.byNamespaces(all, JOINED));
        assertEquals(Optional.empty(), Recognition.byNamespaces(all, new ConnectResult.TimedOut()));
    }

    @Test
    void where_every_name_is_refused_alike_none_of_them_exists() {
        Map<String, ConnectResult> all = answers(Map.of());
        all.replaceAll((name, answer) -> NO_TOKEN);
        assertEquals(Optional.empty(), Recognition.byNamespaces(all, NO_TOKEN));
    }

    private static Map<String, ConnectResult> answers(Map<String, ConnectResult> some) {
        Map<String, ConnectResult> answers = new LinkedHashMap<>();
        Application.EIGHT.forEach(name -> answers.put(name, some.getOrDefault(name, UNKNOWN)));
        return answers;
    }
}
