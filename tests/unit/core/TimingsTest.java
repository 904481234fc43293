package siodiag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.monitor.MonitorServer;
import siodiag.probe.reach.Reach;
import siodiag.probe.session.SessionProbe;
import siodiag.protocol.Engine;
import siodiag.protocol.Transports;
import siodiag.server.ServerConfig;
import siodiag.target.Target;

class TimingsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Test
    void a_run_may_take_nine_seconds_beyond_the_timeout_and_its_waits_make_up_just_that() {
        long sum = Stream.of(Wait.values())
                .filter(Wait::isBudgeted)
                .mapToLong(wait -> wait.length().toMillis())
                .sum();
        assertTrue(sum > 8000 && sum <= 9000, sum + " ms");
        assertEquals(Duration.ofSeconds(9), Timings.of(TIMEOUT).beyondTimeout());
    }

    @Test
    void no_wait_within_the_timeout_is_longer_than_it() {
        Timings hasty = Timings.of(Duration.ofMillis(300));
        assertEquals(Duration.ofMillis(300), hasty.within(Wait.UPGRADE));
        assertEquals(Duration.ofMillis(150), hasty.within(Wait.OLDER_CONNECTION));
    }

    @Test
    void all_of_them_are_told() {
        String told = Timings.of(TIMEOUT).describe();
        assertTrue(told.contains("--timeout 5 s; the whole run at most 14 s"), told);
        Stream.of(Wait.values())
                .forEach(wait -> assertTrue(
                        told.contains(wait.label() + " " + wait.length().toMillis()), told));
    }

    @Test
    void a_probe_waits_as_long_as_its_timings_say() throws Exception {
        try (MonitorServer server =
                MonitorServer.start(ServerConfig.defaults().port(0).token(""))) {
            Target target = Target.at(URI.create(server.url()), Target.DEFAULT_PATH, TIMEOUT)
                    .with(new Timings(TIMEOUT, 0.001));
            Engine engine = new Reach(target, new Findings(new Redactor(), finding -> {}))
                    .run()
                    .orElseThrow();
            try (SessionProbe stays = SessionProbe.open(target, new Transports(engine, true, true), "/", false)) {
                Stopwatch watch = new Stopwatch();
                assertTrue(stays.finish(false).stream().noneMatch(Finding::isTrouble));
                assertTrue(watch.millis() < Wait.STAY.length().toMillis(), watch.millis() + " ms");
            }
        }
    }
}
