package siodiag.hook;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import siodiag.core.Pace;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.recording.RecordedEvent;
import siodiag.recording.Recording;

/**
 * What is replayed, and how fast.
 *
 * @param file       a monitor's record
 * @param rate       events a second, 0 for as fast as the server takes them; null: at the recorded pace
 * @param speed      the recorded pace, so many times as fast
 * @param namespaces those of the recorded events
 */
public record ReplayPlan(Path file, Double rate, double speed, List<String> namespaces) {

    /**
     * Looks through the record once.
     *
     * @param rate  null: at the recorded pace
     * @param speed null: as fast as recorded
     * @throws UsageException where it can't be read or has nothing to send
     */
    public static ReplayPlan of(Path file, Double rate, Double speed) {
        checkPace(rate, speed);
        return new ReplayPlan(file, rate, speed == null ? 1 : speed, namespaces(file));
    }

    private static void checkPace(Double rate, Double speed) {
        if (rate != null && (!(rate >= 0) || rate > 1e6)) {
            throw new UsageException("--rate " + rate + ": 0, or up to 1000000 events per second");
        }
        if (speed != null && !(speed > 0 && speed <= 1e6)) {
            throw new UsageException("--speed " + speed + ": more than 0, and at most 1000000 times the recorded pace");
        }
        if (rate != null && speed != null) {
            throw new UsageException("--rate and --speed: one or the other");
        }
    }

    private static List<String> namespaces(Path file) {
        Set<String> namespaces = new TreeSet<>();
        boolean posted = false;
        try (Recording record = new Recording(file)) {
            while (record.hasNext()) {
                RecordedEvent event = record.next();
                posted |= event.isPosted();
                if (isSendable(event)) {
                    namespaces.add(event.namespace());
                }
            }
        } catch (IOException failure) {
            throw new UsageException("--replay " + Text.cut(file.toString(), 200) + ": can't be read ("
                    + failure.getClass().getSimpleName() + ")");
        }
        if (namespaces.isEmpty() && posted) {
            return List.of("/"); // where posted events go
        } else if (namespaces.isEmpty()) {
            throw new UsageException("--replay " + Text.cut(file.toString(), 200)
                    + ": contains no event from a client; monitor --record FILE makes a recording");
        }
        return List.copyOf(namespaces);
    }

    /** Whether it is an event that a client sent to a namespace. */
    static boolean isSendable(RecordedEvent event) {
        return event.isFromClient()
                && event.namespace() != null
                && event.event() != null
                && event.args().isArray();
    }

    /** Gives each event its moment. A new run of the monitor follows the one before without a pause. */
    static final class Clock {
        private final ReplayPlan replay;
        private final Pace pace;
        private long base = System.nanoTime();
        private Instant first;

        Clock(ReplayPlan replay) {
            this.replay = replay;
            this.pace = new Pace(replay.rate == null ? 0 : replay.rate);
        }

        void newRun() {
            first = null;
        }

        void awaitTurn(RecordedEvent event) throws InterruptedException {
            if (replay.rate != null) {
                pace.awaitTurn();
                return;
            }
            if (first == null) {
                first = event.at();
                base = System.nanoTime();
            }
            Pace.awaitUntil(base + (long) (Duration.between(first, event.at()).toNanos() / replay.speed));
        }
    }
}
