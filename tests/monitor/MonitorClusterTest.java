package siodiag;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorClusterTest {
    @TempDir
    private Path folder;

    @Test
    void two_monitors_are_one_and_stay_so_when_redis_restarts() throws Exception {
        Program.REDIS.need();
        int port = freePort();
        URI url = URI.create("redis://127.0.0.1:" + port);
        BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
        Child redis = redis(port);
        try (MonitorServer one = MonitorServer.start(MonitorConfig.defaults().redis(url));
                MonitorServer two = MonitorServer.start(MonitorConfig.defaults().redis(url), MonitorStandIn::new,
                        List.of(event -> note(event, troubles)));
                RawSocket sender = RawSocket.join(one.url(), "/hook");
                RawSocket dashboard = RawSocket.join(two.url(), "/hook")) {
            arrives(sender, dashboard, "first");
            redis.close();
            redis.exitCode(Duration.ofSeconds(10));
            assertTrue(troubles.poll(10, TimeUnit.SECONDS).startsWith("Redis: "));
            sender.send("42/hook,[\"while_away\"]");
            redis = redis(port);
            arrives(sender, dashboard, "second");
        } finally {
            redis.close();
        }
    }

    @Test
    void no_redis_is_said_at_the_start() throws IOException {
        URI nobody = URI.create("redis://127.0.0.1:" + freePort());
        IOException refused = assertThrows(IOException.class,
                () -> MonitorServer.start(MonitorConfig.defaults().redis(nobody)));
        assertTrue(refused.getMessage().startsWith("can't reach Redis at 127.0.0.1:"), refused.getMessage());
    }

    /** Subscriptions need a moment, so the event is sent until it gets through. */
    private static void arrives(RawSocket sender, RawSocket dashboard, String event) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        String beginning = "42/hook,[\"echo_" + event + "\"";
        while (true) {
            sender.send("42/hook,[\"" + event + "\",{\"n\":1}]");
            String got = dashboard.poll(Duration.ofMillis(300));
            if (got != null && got.startsWith(beginning)) {
                return;
            }
            assertTrue(System.nanoTime() < deadline, event + " did not arrive");
        }
    }

    private static void note(MonitorEvent event, BlockingQueue<String> troubles) {
        if (event.kind() == MonitorEvent.Kind.ERROR) {
            troubles.add(event.detail());
        }
    }

    private Child redis(int port) {
        Child redis = Child.start(folder, Map.of(), List.of("redis-server", "--port", String.valueOf(port), "--bind",
                "127.0.0.1", "--save", "", "--appendonly", "no"));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!redis.out().contains("Ready to accept connections")) {
            assertTrue(System.nanoTime() < deadline, redis.out());
            Thread.onSpinWait();
        }
        return redis;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
