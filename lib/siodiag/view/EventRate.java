package siodiag.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** How much a growing total grows per second, over the last seconds. */
final class EventRate {
    private static final int TICKS = 3;

    private record Sample(long nanos, long total) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    EventRate(long nanos) {
        samples.add(new Sample(nanos, 0));
    }

    /** To be called about once a second. */
    void tick(long nanos, long total) {
        samples.addLast(new Sample(nanos, total));
        if (samples.size() > TICKS + 1) {
            samples.removeFirst();
        }
    }

    long perSecond() {
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        double seconds = (last.nanos - first.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
        return seconds <= 0 ? 0 : Math.round((last.total - first.total) / seconds);
    }
}
