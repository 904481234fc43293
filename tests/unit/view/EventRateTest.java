package siodiag.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventRateTest {
    private final EventRate rate = new EventRate(0);
    private long total;

    @Test
    void a_steady_stream_shows_as_what_it_is_whenever_it_is_looked_at() {
        for (int tick = 1; tick <= 10; tick++) {
            tick(tick * 1000L + tick % 3, 300);
            assertEquals(300, rate.perSecond(), 1);
        }
    }

    @Test
    void a_late_tick_does_not_count_as_one_second() {
        tick(2500, 500);
        assertEquals(200, rate.perSecond());
    }

    @Test
    void what_has_ended_is_forgotten_after_three_seconds() {
        tick(1000, 300);
        tick(2000, 0);
        assertEquals(150, rate.perSecond());
        tick(3000, 0);
        tick(4000, 0);
        assertEquals(0, rate.perSecond());
    }

    @Test
    void before_the_first_tick_there_is_no_rate() {
        assertEquals(0, rate.perSecond());
    }

    private void tick(long milliseconds, long more) {
        total += more;
        rate.tick(Duration.ofMillis(milliseconds).toNanos(), total);
    }
}
