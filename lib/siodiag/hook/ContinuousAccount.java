package siodiag.hook;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import siodiag.core.Deadline;
import siodiag.core.Text;
import siodiag.hook.javaclient.JavaClient;

/**
 * The account of a hook that stays: events sent, acknowledged and lost. Lost is what was on its way when the connection
 * ended, or never acknowledged over a connection that stayed; what is sent without connection the client keeps.
 */
final class ContinuousAccount implements JavaClient.Listener {
    private static final int MAX_NAMED = 10;
    private static final long KEPT_BY_THE_CLIENT = Long.MAX_VALUE;

    /** Unsettled events by number, with the moment at which they were sent. */
    private final Map<Integer, Long> open = new TreeMap<>();

    private final List<Integer> unanswered = new ArrayList<>();
    private final Outages outages = new Outages();
    private final MarkedDeliveries deliveries;
    private final long patienceNanos;
    private int sent;
    private int sentWhileAway;
    private int acknowledged;
    private int lostOnTheWay;
    private int lostUnanswered;

    /** @param patienceMs how long an acknowledgement may take, in milliseconds */
    ContinuousAccount(long patienceMs) {
        this.deliveries = new MarkedDeliveries(patienceMs);
        this.patienceNanos = patienceMs * 1_000_000;
    }

    Outages outages() {
        return outages;
    }

    MarkedDeliveries deliveries() {
        return deliveries;
    }

    /** A new event is sent. @return its number, from 1 */
    synchronized int send(String mark) {
        boolean away = outages.isAway();
        sent++;
        sentWhileAway += away ? 1 : 0;
        open.put(sent, away ? KEPT_BY_THE_CLIENT : System.nanoTime());
        if (!away) {
            deliveries.sent(sent, mark);
        }
        return sent;
    }

    synchronized void acknowledged(int number) {
        if (open.remove(number) != null) {
            acknowledged++;
            notifyAll();
        }
    }

    @Override
    public synchronized void disconnected(String namespace, String reason) {
        outages.disconnected(namespace, reason);
        deliveries.interrupted();
        open.values().removeIf(at -> {
            lostOnTheWay += at == KEPT_BY_THE_CLIENT ? 0 : 1;
            return at != KEPT_BY_THE_CLIENT;
        });
    }

    @Override
    public synchronized void refused(String namespace, String why, boolean byServer) {
        outages.refused(namespace, why, byServer);
    }

    @Override
    public synchronized void connected(String namespace) {
        outages.connected(namespace);
        if (!outages.isAway()) {
            open.replaceAll((number, at) -> at == KEPT_BY_THE_CLIENT ? System.nanoTime() : at);
            notifyAll();
        }
    }

    /** Waits until every event is settled and the connection is there. */
    synchronized void awaitSettled(Deadline deadline) throws InterruptedException {
        for (long left = deadline.millisLeft();
                left > 0 && !(open.isEmpty() && !outages.isAway());
                left = deadline.millisLeft()) {
            wait(left);
        }
    }

    /** Gives up on what was sent longer ago than an acknowledgement may take. */
    synchronized void expire() {
        deliveries.expire();
        long now = System.nanoTime();
        for (Iterator<Map.Entry<Integer, Long>> left = open.entrySet().iterator(); left.hasNext(); ) {
            Map.Entry<Integer, Long> event = left.next();
            if (event.getValue() != KEPT_BY_THE_CLIENT && now - event.getValue() > patienceNanos) {
                left.remove();
                lostUnanswered++;
                if (unanswered.size() < MAX_NAMED) {
                    unanswered.add(event.getKey());
                }
            }
        }
    }

    /** All that are known to be lost, of those that are settled. */
    synchronized int lost() {
        return acknowledged == 0 ? 0 : lostOnTheWay + lostUnanswered;
    }

    synchronized int sent() {
        return sent;
    }

    /** Events that were not acknowledged over a connection that stayed, where the server acknowledges others. */
    synchronized int unanswered() {
        return acknowledged == 0 ? 0 : lostUnanswered;
    }

    synchronized String describeUnanswered() {
        return unanswered() + " of " + Text.count(sent, "event") + " not acknowledged over a stable connection: "
                + unanswered.stream().map(number -> "#" + number).toList();
    }

    /** All figures on one line. */
    synchronized String summary() {
        String answers = acknowledged == 0
                ? "none acknowledged"
                : "acknowledged " + acknowledged + ", lost " + (lostOnTheWay + lostUnanswered) + ", open "
                        + open.size();
        return "sent " + sent + ", " + answers + (deliveries.expected() == 0 ? "" : deliveries.summary()) + "; "
                + outages.summary()
                + (sentWhileAway == 0 ? "" : ", " + sentWhileAway + " sent while disconnected");
    }
}
