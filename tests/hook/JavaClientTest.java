package siodiag.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import siodiag.command.TargetOptions;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.hook.javaclient.JavaClient;
import siodiag.protocol.ConnectResult;
import siodiag.target.Target;

/** The traps of the official Java client, each against a real server that springs it. */
class JavaClientTest {
    private static final List<String> BOTH = List.of("polling", "websocket");
    private static final Duration START = Duration.ofSeconds(30);
    private static final int HEAP_MEGABYTES = 64;

    @BeforeAll
    static void needs() {
        Program.NODE.need();
    }

    static Target target(String url) {
        return target(url, "dev-token");
    }

    private static Target target(String url, String token) {
        return CommandLine.populateCommand(
                        new TargetOptions(), "--url", url, "--token", token, "--namespaces", "/hook", "--flow", "echo")
                .target();
    }

    @Test
    void is_acknowledged_over_each_transport() throws Exception {
        try (Child server = server()) {
            String url = server.await("READY ", START);
            for (List<String> transports : List.of(List.of("polling"), List.of("websocket"), BOTH)) {
                try (JavaClient client = new JavaClient(target(url), transports, false, JavaClient.Listener.NONE)) {
                    assertInstanceOf(
                            ConnectResult.Connected.class,
                            client.connect("/hook").join());
                    assertEquals("{\"status\":\"ok\"}", emit(client).get(5, TimeUnit.SECONDS));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1009, 4001})
    void notices_a_close_frame_at_once_and_keeps_its_code(int code) throws Exception {
        CompletableFuture<String> reason = new CompletableFuture<>();
        try (Child server = server("close=" + code, "transports=websocket");
                JavaClient client = new JavaClient(
                        target(server.await("READY ", START)), List.of("websocket"), false, disconnecting(reason))) {
            client.connect("/hook").join();
            emit(client);
            assertEquals("transport close, close code " + code + " \"on purpose\"", reason.get(4, TimeUnit.SECONDS));
        }
    }

    @Test
    void tells_what_the_server_says_to_a_wrong_token() throws Exception {
        try (Child server = server()) {
            Target wrong = target(server.await("READY ", START), "not-that-one");
            try (JavaClient client = new JavaClient(wrong, BOTH, true, JavaClient.Listener.NONE)) {
                ConnectResult refused = client.connect("/hook").get(5, TimeUnit.SECONDS);
                JSONObject payload = new JSONObject(assertInstanceOf(ConnectResult.ConnectError.class, refused)
                        .payload());
                assertEquals("invalid token", payload.getString("message"));
            }
        }
    }

    @Test
    void does_not_wait_for_ever_for_a_namespace_that_never_answers() throws Exception {
        try (Child server = server("silent=/hook");
                JavaClient client =
                        new JavaClient(target(server.await("READY ", START)), BOTH, false, JavaClient.Listener.NONE)) {
            assertEquals(new ConnectResult.TimedOut(), client.connect("/hook").get(8, TimeUnit.SECONDS));
        }
    }

    @Test
    void goes_on_polling_after_a_listener_has_failed() throws Exception {
        JavaClient.Listener failing = new JavaClient.Listener() {
            @Override
            public void connected(String namespace) {
                throw new IllegalStateException("on purpose");
            }
        };
        try (Child server = server("transports=polling");
                JavaClient client =
                        new JavaClient(target(server.await("READY ", START)), List.of("polling"), false, failing)) {
            client.connect("/hook").join();
            assertEquals("{\"status\":\"ok\"}", emit(client).get(5, TimeUnit.SECONDS));
            assertEquals("{\"status\":\"ok\"}", emit(client).get(5, TimeUnit.SECONDS));
            assertTrue(client.trace().notes().toString().contains("on purpose"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void leaves_no_thread_behind_that_keeps_the_program_alive(String transports) {
        try (Child server = server();
                Child program = program(server.await("READY ", START), transports, 1)) {
            program.await("CLOSED", START);
            assertEquals(0, program.exitCode(Duration.ofSeconds(3)), program.err());
            assertTrue(program.out().contains("ADMISSION connected\nSTAYED to the end"), program.out());
        }
    }

    /** A gigabyte each; of small events a quarter of it, as those are all read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "websocket message 1024",
                "websocket fragments 1024",
                "websocket attachments 1024",
                "websocket events 256",
                "polling body 1024",
                "polling packets 1024"
            })
    void is_not_exhausted_by_a_server_that_pours(String flood) {
        String[] words = flood.split(" ");
        try (Child server = Child.start(folder(), Map.of(), List.of("node", "flood.js", words[1], words[2]));
                Child program = program(server.await("READY ", START), words[0], 60)) {
            assertEquals(0, program.exitCode(Duration.ofSeconds(90)), program.err());
            assertFalse((program.out() + program.err()).contains("OutOfMemory"), program.out() + program.err());
            assertTrue(program.out().contains("STAYED until "), program.out());
        }
    }

    private static CompletableFuture<String> emit(JavaClient client) {
        return client.emit("/hook", "user_prompt", new JSONObject(Map.of("prompt", "Is anybody there?")));
    }

    private static JavaClient.Listener disconnecting(CompletableFuture<String> reason) {
        return new JavaClient.Listener() {
            @Override
            public void disconnected(String namespace, String how) {
                reason.complete(how);
            }
        };
    }

    static Path folder() {
        return Project.root().resolve("tests/hook");
    }

    static Child server(String... options) {
        List<String> command = new java.util.ArrayList<>(List.of("node", "server.js"));
        command.addAll(List.of(options));
        return Child.start(folder(), Map.of(), command);
    }

    private static Child program(String url, String transports, int seconds) {
        return Child.start(
                folder(),
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MEGABYTES + "m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JavaClientProgram.class.getName(),
                        url,
                        transports,
                        String.valueOf(seconds)));
    }
}
