package siodiag.probe.relay;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.ledger.FlowFigures;

/** How far the sending of a flow is, where that takes more than a few seconds. */
public final class FlowProgress {
    private static final double LONG_SECONDS = 3;
    private static final double STATUS_EVERY_MS = 500;

    /** Told what is going to happen, once, and then how it stands, now and then. */
    public interface Listener {
        Listener NONE = new Listener() {
            @Override
            public void planned(String what) {
                // nobody listens
            }

            @Override
            public void status(String line) {
                // nobody listens
            }
        };

        void planned(String what);

        void status(String line);
    }

    private final Listener listener;
    private final int total;
    private final double rate;
    private final Supplier<FlowFigures> figures;
    private final Stopwatch watch = new Stopwatch();
    private double nextStatusMs;

    /**
     * @param rate    events a second; 0: as fast as the server takes them
     * @param figures the account so far; null before the first event
     */
    FlowProgress(Listener listener, int total, double rate, Supplier<FlowFigures> figures) {
        this.listener = listener;
        this.total = total;
        this.rate = rate;
        this.figures = figures;
    }

    /** Says what will be done where it takes long. @param kinds how many different events there are */
    void plan(int kinds) {
        if (isLong()) {
            listener.planned(String.format(
                    Locale.ROOT,
                    "sending %,d events (%s, %,d of each), %s a second: about %s",
                    total,
                    Text.count(kinds, "kind"),
                    total / Math.max(1, kinds),
                    number(rate),
                    seconds(total / rate)));
        }
    }

    /** So many are sent. */
    void sent(int count) {
        if (!isLong() || watch.millis() < nextStatusMs) {
            return;
        }
        nextStatusMs = watch.millis() + STATUS_EVERY_MS;
        FlowFigures now = figures.get();
        listener.status(String.format(
                Locale.ROOT,
                "sent %,d of %,d (%.0f a second)%s, about %s left",
                count,
                total,
                count / Math.max(0.001, watch.millis() / 1000),
                now == null ? "" : String.format(Locale.ROOT, ", received %,d of %,d", now.received(), now.expected()),
                seconds((total - count) / rate)));
    }

    private boolean isLong() {
        return rate > 0 && total / rate > LONG_SECONDS;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static String seconds(double time) {
        return Text.duration(Duration.ofSeconds(Math.max(1, Math.round(time))));
    }
}
