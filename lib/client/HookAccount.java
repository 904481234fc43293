package siodiag;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The account of a long connection: events sent, acknowledged and lost, outages and how long each took. Lost is what was
 * on its way when the connection ended, or never acknowledged over a connection that stayed.
 */
final class HookAccount {
    private static final int MOST_NAMED = 10;
    private static final long NOT_SENT_YET = Long.MAX_VALUE;

    /** Unsettled events by number, with the moment at which they were sent. */
    private final Map<Integer, Long> open = new TreeMap<>();
    private final Set<String> away = new HashSet<>();
    private final List<Outage> outages = new ArrayList<>();
    private final List<Integer> unanswered = new ArrayList<>();
    private final long patienceNanos;
    private int sent;
    private int acknowledged;
    private int sentWhileAway;
    private int lostOnTheWay;
    private int lostUnanswered;
    private int reconnections;
    private int kicked;
    private Outage current;
    private double longestMs;
    private double totalMs;

    /** One time without connection. */
    private static final class Outage {
        final long begun = System.nanoTime();
        final String reason;
        String lastFailure = "";
        double tookMs = -1;

        Outage(String reason) {
            this.reason = reason;
        }

        /** Put out of a server that went on running: it let the client in again at once. */
        boolean isKick() {
            return reason.startsWith("io server disconnect") && lastFailure.isEmpty();
        }

        String words() {
            return reason + (tookMs >= 0 ? String.format(Locale.ROOT, "; connected again after %.0f ms", tookMs)
                    : "; not connected again" + (lastFailure.isEmpty() ? "" : ", last attempt: " + lastFailure));
        }
    }

    /** @param patienceMs how long an acknowledgement may take, in milliseconds */
    HookAccount(long patienceMs) {
        this.patienceNanos = patienceMs * 1_000_000;
    }

    /** A new event is sent, or kept by the client until there is a connection. @return its number */
    synchronized int send() {
        sent++;
        if (!away.isEmpty()) {
            sentWhileAway++;
        }
        open.put(sent, away.isEmpty() ? System.nanoTime() : NOT_SENT_YET);
        return sent;
    }

    synchronized void acknowledged(int number) {
        if (open.remove(number) != null) {
            acknowledged++;
            notifyAll();
        }
    }

    synchronized void disconnected(String namespace, String reason) {
        if (away.isEmpty()) {
            current = new Outage(reason);
            outages.add(current);
            if (outages.size() > MOST_NAMED) {
                outages.remove(MOST_NAMED / 2);
            }
            open.values().removeIf(at -> {
                lostOnTheWay += at == NOT_SENT_YET ? 0 : 1;
                return at != NOT_SENT_YET;
            });
        }
        away.add(namespace);
    }

    synchronized void attemptFailed(String why) {
        if (current != null) {
            current.lastFailure = why;
        }
    }

    synchronized void connected(String namespace) {
        if (away.remove(namespace) && away.isEmpty()) {
            current.tookMs = (System.nanoTime() - current.begun) / 1e6;
            totalMs += current.tookMs;
            longestMs = Math.max(longestMs, current.tookMs);
            reconnections++;
            kicked += current.isKick() ? 1 : 0;
            current = null;
            open.replaceAll((number, at) -> System.nanoTime());
            notifyAll();
        }
    }

    /** Waits until every event is settled and the connection is there. */
    synchronized void awaitSettled(Deadline deadline) throws InterruptedException {
        for (long left = deadline.millisLeft(); left > 0 && !(open.isEmpty() && away.isEmpty());
                left = deadline.millisLeft()) {
            wait(left);
        }
    }

    /** Gives up on what was sent longer ago than an acknowledgement may take. */
    synchronized void expire() {
        long now = System.nanoTime();
        for (Iterator<Map.Entry<Integer, Long>> left = open.entrySet().iterator(); left.hasNext();) {
            Map.Entry<Integer, Long> event = left.next();
            if (event.getValue() != NOT_SENT_YET && now - event.getValue() > patienceNanos) {
                left.remove();
                lostUnanswered++;
                if (unanswered.size() < MOST_NAMED) {
                    unanswered.add(event.getKey());
                }
            }
        }
    }

    synchronized boolean isAway() {
        return !away.isEmpty();
    }

    /** How often the server put the client out and let it in again at once. */
    synchronized int kicked() {
        return kicked;
    }

    /** Events that were not acknowledged over a connection that stayed, where the server acknowledges others. */
    synchronized int unanswered() {
        return acknowledged == 0 ? 0 : lostUnanswered;
    }

    synchronized String unansweredWords() {
        return unanswered() + " of " + Text.count(sent, "event") + " not acknowledged over a connection that stayed: "
                + unanswered.stream().map(number -> "#" + number).toList();
    }

    synchronized String outageWords() {
        return current == null ? "" : current.words();
    }

    /** The outages one by one, the middle ones left out where there are many. */
    synchronized List<String> outages() {
        return outages.stream().map(Outage::words).toList();
    }

    /** All figures on one line. */
    synchronized String summary() {
        String acks = acknowledged == 0 ? "none acknowledged" : "acknowledged " + acknowledged + ", lost "
                + (lostOnTheWay + lostUnanswered) + ", open " + open.size();
        String away = reconnections == 0 && current == null ? "no interruption"
                : Text.count(reconnections, "reconnection") + String.format(Locale.ROOT,
                        " (longest %.0f ms, %.0f ms in all), %d sent meanwhile", longestMs, totalMs, sentWhileAway);
        return "sent " + sent + ", " + acks + "; " + away;
    }
}
