package siodiag.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import siodiag.core.Text;
import siodiag.probe.relay.StandingReceiver;

/**
 * Which of a hook's events reach a receiver. Only those count that were sent while both were connected and that neither lost
 * its connection behind: what an interruption takes with it is a matter of the interruption.
 */
final class MarkedDeliveries implements StandingReceiver.Listener {
    private static final Pattern MARK = Pattern.compile(Pattern.quote(HookEvent.MARK) + "[0-9a-z]+");
    private static final int MAX_NAMED = 10;

    private record Sent(int number, long nanos) {}

    private final Map<String, Sent> open = new LinkedHashMap<>();
    private final List<Integer> missing = new ArrayList<>();
    private final long patienceNanos;
    private boolean receiverConnected;
    private int expected;
    private int delivered;
    private int lost;

    /** @param patienceMs how long a delivery may take, in milliseconds */
    MarkedDeliveries(long patienceMs) {
        this.patienceNanos = patienceMs * 1_000_000;
    }

    /** @param number from 1 */
    synchronized void sent(int number, String mark) {
        if (receiverConnected) {
            expected++;
            open.put(mark, new Sent(number, System.nanoTime()));
        }
    }

    @Override
    public void received(String namespace, String event, JsonNode packet) {
        for (Matcher mark = MARK.matcher(packet.toString()); mark.find(); ) {
            delivered(mark.group());
        }
    }

    private synchronized void delivered(String mark) {
        if (open.remove(mark) != null) {
            delivered++;
            notifyAll();
        }
    }

    @Override
    public synchronized void connected() {
        receiverConnected = true;
    }

    @Override
    public synchronized void disconnected() {
        receiverConnected = false;
        interrupted();
    }

    /** A connection has ended: what was on its way is not expected any more. */
    synchronized void interrupted() {
        expected -= open.size();
        open.clear();
        notifyAll();
    }

    /** Gives up on what was sent longer ago than a delivery may take. */
    synchronized void expire() {
        long now = System.nanoTime();
        open.values().removeIf(sent -> {
            boolean late = now - sent.nanos() > patienceNanos;
            if (late) {
                lost++;
                if (missing.size() < MAX_NAMED) {
                    missing.add(sent.number());
                }
            }
            return late;
        });
    }

    /** Waits until every delivery has arrived or is late. */
    synchronized void awaitSettled() throws InterruptedException {
        expire();
        while (!open.isEmpty()) {
            Sent oldest = open.values().iterator().next();
            wait(Math.max(1, (oldest.nanos() + patienceNanos - System.nanoTime()) / 1_000_000 + 1));
            expire();
        }
    }

    synchronized int expected() {
        return expected;
    }

    synchronized int lost() {
        return lost;
    }

    /** {@code , delivered 29 of 30}. */
    synchronized String summary() {
        return ", delivered " + delivered + " of " + expected;
    }

    synchronized String describeLost() {
        return lost + " of " + Text.count(expected, "event") + " did not reach the receiver over stable connections: "
                + missing.stream().map(number -> "#" + number).toList();
    }
}
