package siodiag.hook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import siodiag.catalogue.Hop;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.hook.javaclient.JavaClient;

/** The times without connection: from the first namespace that is lost until all are joined again. */
final class Outages implements JavaClient.Listener {
    private static final int MAX_KEPT = 10;

    private final Set<String> away = new HashSet<>();
    private final List<Outage> kept = new ArrayList<>();
    private Outage current;
    private int reconnections;
    private int disconnectedByServer;
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

        String message() {
            return reason
                    + (tookMs >= 0
                            ? "; connected again after " + time(tookMs)
                            : "; not connected again"
                                    + (lastFailure.isEmpty() ? "" : ", last attempt: " + lastFailure));
        }
    }

    private static String time(double ms) {
        return Text.duration(Duration.ofMillis(Math.round(ms)));
    }

    /** Whether the library's reason means a packet 41. */
    static boolean isByServer(String reason) {
        return reason.startsWith("io server disconnect");
    }

    @Override
    public synchronized void disconnected(String namespace, String reason) {
        if (away.isEmpty()) {
            current = new Outage(reason);
            kept.add(current);
            if (kept.size() > MAX_KEPT) {
                kept.remove(MAX_KEPT / 2);
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
            // Connected again at the first attempt: the server was running all the time.
            disconnectedByServer += isByServer(current.reason) && current.lastFailure.isEmpty() ? 1 : 0;
            current = null;
        }
    }

    synchronized boolean isAway() {
        return !away.isEmpty();
    }

    /** How often the server disconnected the client and kept running. */
    synchronized int disconnectedByServer() {
        return disconnectedByServer;
    }

    synchronized double longestMs() {
        return Math.max(longestMs, current == null ? 0 : current.watch.millis());
    }

    /** Whether there was none. */
    synchronized boolean isStable() {
        return kept.isEmpty();
    }

    /** One by one, the middle ones left out where there are many. */
    synchronized List<String> each() {
        return kept.stream().map(Outage::message).toList();
    }

    /** All of them in one phrase. */
    synchronized String summary() {
        return kept.isEmpty()
                ? "no interruption"
                : Text.count(reconnections, "reconnection") + " (longest " + time(longestMs) + ", " + time(totalMs)
                        + " in all)";
    }

    /** What they come to as a check: back each time, not back, or disconnected by a server that kept running. */
    synchronized Finding judge(String check, String summary) {
        Finding finding = isAway()
                ? Finding.fail(
                        check,
                        Hop.SESSION,
                        Symptom.SECOND_CONNECTION_FAILS,
                        "the hook's, after an interruption",
                        summary)
                : disconnectedByServer > 0
                        ? Finding.fail(
                                check,
                                Hop.SESSION,
                                Symptom.CLOSED_IN_USE,
                                "disconnected by the server " + Text.count(disconnectedByServer, "time")
                                        + " while it kept running",
                                summary)
                        : Finding.pass(check, Hop.SESSION, summary);
        return finding.withEvidence(each());
    }
}
