package siodiag;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The times without connection: from the first namespace that is lost until all are joined again. */
final class HookOutages implements JavaClient.Listener {
    private static final int MOST_KEPT = 10;

    private final Set<String> away = new HashSet<>();
    private final List<Outage> kept = new ArrayList<>();
    private Outage current;
    private int reconnections;
    private int putOut;
    private double longestMs;
    private double totalMs;

    /** One time without connection. */
    private static final class Outage {
        final Stopwatch watch = new Stopwatch();
        final String reason;
        String lastFailure = "";
        double tookMs = -1;

        Outage(String reason) {
            this.reason = reason;
        }

        String words() {
            return reason + (tookMs >= 0 ? String.format(Locale.ROOT, "; connected again after %.0f ms", tookMs)
                    : "; not connected again" + (lastFailure.isEmpty() ? "" : ", last attempt: " + lastFailure));
        }
    }

    /** Whether the library's reason means a packet 41. */
    static boolean isPutOut(String reason) {
        return reason.startsWith("io server disconnect");
    }

    @Override
    public synchronized void disconnected(String namespace, String reason) {
        if (away.isEmpty()) {
            current = new Outage(reason);
            kept.add(current);
            if (kept.size() > MOST_KEPT) {
                kept.remove(MOST_KEPT / 2);
            }
        }
        away.add(namespace);
    }

    @Override
    public synchronized void refused(String namespace, String why, boolean byServer) {
        if (current != null) {
            current.lastFailure = why;
        }
    }

    @Override
    public synchronized void connected(String namespace) {
        if (away.remove(namespace) && away.isEmpty()) {
            current.tookMs = current.watch.millis();
            totalMs += current.tookMs;
            longestMs = Math.max(longestMs, current.tookMs);
            reconnections++;
            // Let in again at the first try: the server was running all the time.
            putOut += isPutOut(current.reason) && current.lastFailure.isEmpty() ? 1 : 0;
            current = null;
        }
    }

    synchronized boolean isAway() {
        return !away.isEmpty();
    }

    /** How often the server put the client out and went on running. */
    synchronized int putOut() {
        return putOut;
    }

    /** One by one, the middle ones left out where there are many. */
    synchronized List<String> each() {
        return kept.stream().map(Outage::words).toList();
    }

    /** All of them in one phrase. */
    synchronized String summary() {
        return kept.isEmpty() ? "no interruption" : Text.count(reconnections, "reconnection") + String.format(Locale.ROOT,
                " (longest %.0f ms, %.0f ms in all)", longestMs, totalMs);
    }

    /** What they come to as a check: back each time, not back, or put out by a server that went on. */
    synchronized Finding judge(String check, String summary) {
        Finding finding = isAway() ? Finding.fail(check, Hop.SESSION, Sign.SECOND_CONNECTION_FAILS,
                        "the hook's, after an interruption", summary)
                : putOut > 0 ? Finding.fail(check, Hop.SESSION, Sign.CLOSED_IN_USE, "put out "
                        + Text.count(putOut, "time") + " while the server went on", summary)
                : Finding.pass(check, Hop.SESSION, summary);
        return finding.withEvidence(each());
    }
}
