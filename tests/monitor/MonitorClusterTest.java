package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.harness.Child;
import siodiag.harness.FreePort;
import siodiag.harness.Program;
import siodiag.harness.RawSocket;
import siodiag.lab.Certificates;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerConfig;
import siodiag.server.ServerEvent;

/** Several monitors that a real Redis joins into one. */
class MonitorClusterTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    @TempDir
    private Path folder;

    @Test
    void two_monitors_are_one_and_stay_so_when_redis_restarts() throws Exception {
        int port = FreePort.any();
        URI url = URI.create("redis://127.0.0.1:" + port);
        BlockingQueue<ServerEvent> seen = new LinkedBlockingQueue<>();
        Child redis = redis("--port", String.valueOf(port));
        try (MonitorServer one = join(url, new LinkedBlockingQueue<>());
                MonitorServer two = join(url, seen);
                RawSocket sender = RawSocket.join(one.url(), "/hook");
                RawSocket dashboard = RawSocket.join(two.url(), "/hook")) {
            relays(sender, dashboard, "first");
            redis.close();
            redis.exitCode(LIMIT);
            assertTrue(await(seen, RecordedEvent.Kind.ERROR).detail().startsWith("Redis: "));
            assertTrue(
                    health(two).contains("\"status\":\"degraded\"")
                            && health(two).contains("\"Redis\""),
                    health(two));
            sender.send("42/hook,[\"while_away\",{}]");
            redis = redis("--port", String.valueOf(port));
            assertEquals(
                    "Redis: connected again",
                    await(seen, RecordedEvent.Kind.NOTE).detail());
            arrives(dashboard, "while_away");
            relays(sender, dashboard, "second");
            assertTrue(health(two).contains("\"status\":\"healthy\""), health(two));
        } finally {
            redis.close();
        }
    }

    @Test
    void tls_a_user_with_a_password_and_a_database_are_used_as_the_url_has_them() throws Exception {
        int port = FreePort.any();
        Path certificates = Certificates.folder();
        try (Child redis = redis(
                "--port",
                "0",
                "--tls-port",
                String.valueOf(port),
                "--tls-auth-clients",
                "no",
                "--tls-cert-file",
                certificates.resolve("good.crt").toString(),
                "--tls-key-file",
                certificates.resolve("good.key").toString(),
                "--tls-ca-cert-file",
                certificates.resolve("ca.crt").toString(),
                "--user",
                "monitor",
                "on",
                ">p:ss@w",
                "~*",
                "&*",
                "+@all",
                "--user",
                "default",
                "off")) {
            URI url = URI.create("rediss://monitor:p%3Ass%40w@localhost:" + port + "/3");
            String untrusted = failure(url);
            assertTrue(
                    untrusted.startsWith("cannot connect to Redis at rediss://localhost:" + port + "/3: ")
                            && untrusted.contains("certification path"),
                    untrusted);
            String before = System.getProperty(TRUST_STORE);
            System.setProperty(TRUST_STORE, certificates.resolve("trust.jks").toString());
            try (MonitorServer one = join(url, new LinkedBlockingQueue<>());
                    MonitorServer two = join(url, new LinkedBlockingQueue<>());
                    RawSocket sender = RawSocket.join(one.url(), "/hook");
                    RawSocket dashboard = RawSocket.join(two.url(), "/hook")) {
                relays(sender, dashboard, "over_tls");
            } finally {
                restore(before);
            }
            assertTrue(redis.process().isAlive());
        }
    }

    @Test
    void a_wrong_password_is_reported_at_the_start_without_it() throws Exception {
        int port = FreePort.any();
        try (Child redis = redis("--port", String.valueOf(port), "--requirepass", "the-right-one")) {
            String wrong = failure(URI.create("redis://:not-the-right-one@127.0.0.1:" + port));
            assertTrue(wrong.contains("WRONGPASS"), wrong);
            assertFalse(wrong.contains("not-the-right-one"), wrong);
            String none = failure(URI.create("redis://127.0.0.1:" + port));
            assertTrue(none.contains("NOAUTH"), none);
            assertTrue(redis.process().isAlive());
        }
    }

    @Test
    void a_message_that_is_too_long_is_reported_and_the_next_ones_arrive() throws Exception {
        int port = FreePort.any();
        URI url = URI.create("redis://127.0.0.1:" + port);
        BlockingQueue<ServerEvent> seen = new LinkedBlockingQueue<>();
        try (Child redis =
                        redis("--port", String.valueOf(port), "--client-output-buffer-limit", "pubsub", "0", "0", "0");
                MonitorServer one = join(url, new LinkedBlockingQueue<>());
                MonitorServer two = join(url, seen);
                RawSocket sender = RawSocket.join(one.url(), "/hook");
                RawSocket dashboard = RawSocket.join(two.url(), "/hook")) {
            publish(port, RedisConnection.MAX_MESSAGE + 1);
            relays(sender, dashboard, "after_it");
            String malformed = await(seen, RecordedEvent.Kind.MALFORMED).detail();
            assertTrue(
                    malformed.startsWith("on Redis channel socketio-monitor: " + (RedisConnection.MAX_MESSAGE + 1)),
                    malformed);
            assertTrue(seen.stream().noneMatch(ServerEvent::isError), seen.toString());
            assertTrue(redis.process().isAlive());
        }
    }

    @Test
    void what_is_no_redis_or_not_there_is_said_at_the_start() throws Exception {
        String nobody = failure(URI.create("redis://127.0.0.1:" + FreePort.any()));
        assertTrue(
                nobody.startsWith("cannot connect to Redis at redis://127.0.0.1:") && nobody.contains("refused"),
                nobody);
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread greeter = new Thread(() -> greet(other), "not-redis");
            greeter.start();
            String greeted = failure(URI.create("redis://127.0.0.1:" + other.getLocalPort()));
            assertTrue(greeted.endsWith(": not a Redis server"), greeted);
        }
    }

    private static MonitorServer join(URI url, BlockingQueue<ServerEvent> seen) throws IOException {
        return MonitorServer.start(ServerConfig.defaults().redis(url), StandIn::new, List.of(seen::add));
    }

    private static String failure(URI url) {
        return assertThrows(IOException.class, () -> MonitorServer.start(
                                ServerConfig.defaults().redis(url))
                        .close())
                .getMessage();
    }

    private static void relays(RawSocket sender, RawSocket dashboard, String event) {
        sender.send("42/hook,[\"" + event + "\",{\"n\":1}]");
        arrives(dashboard, event);
    }

    /** Whatever else arrives before it. */
    private static void arrives(RawSocket dashboard, String event) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        String got = "";
        while (got == null || !got.startsWith("42/hook,[\"echo_" + event + "\"")) {
            assertTrue(System.nanoTime() < deadline, event + " did not arrive");
            got = dashboard.poll(Duration.ofMillis(300));
        }
    }

    private static ServerEvent await(BlockingQueue<ServerEvent> seen, RecordedEvent.Kind kind)
            throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        ServerEvent event = null;
        while (event == null || event.kind() != kind) {
            event = seen.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertNotNull(event, "no " + kind);
        }
        return event;
    }

    private static String health(MonitorServer server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/health"))
                .timeout(LIMIT)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Publishes so many bytes, as a client of Redis that is no monitor. */
    private static void publish(int port, int length) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("*3\r\n$7\r\nPUBLISH\r\n$16\r\nsocketio-monitor\r\n$" + length + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[length]);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertEquals(':', socket.getInputStream().read());
        }
    }

    private static void greet(ServerSocket server) {
        List<Socket> greeted = new ArrayList<>();
        try {
            while (true) {
                Socket socket = server.accept();
                greeted.add(socket);
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            greeted.forEach(socket -> {
                try {
                    socket.close();
                } catch (IOException closed) {
                    // closed is closed
                }
            });
        }
    }

    private static void restore(String trustStore) {
        if (trustStore == null) {
            System.clearProperty(TRUST_STORE);
        } else {
            System.setProperty(TRUST_STORE, trustStore);
        }
    }

    private Child redis(String... options) {
        Program.REDIS.need();
        List<String> command =
                new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        command.addAll(List.of(options));
        Child redis = Child.start(folder, Map.of(), command);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!redis.out().contains("Ready to accept connections")) {
            assertTrue(System.nanoTime() < deadline && redis.process().isAlive(), redis.out());
            Thread.onSpinWait();
        }
        return redis;
    }
}
