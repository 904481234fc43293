package siodiag.protocol;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.core.Text;

/**
 * All sessions of one examination with one server: what was opened, how it ended, what was sent last, and how many may be
 * open at the same time. Times are milliseconds since the first of them.
 */
public final class Sessions {
    public static final int UNLIMITED = Integer.MAX_VALUE;
    /** What a server may need to notice that one connection has ended, before it takes the next one. */
    private static final Duration CLEARING_UP = Duration.ofMillis(100);

    private static final Duration LONG = Duration.ofSeconds(1);
    private static final double TOGETHER_MS = 50;
    private static final int MAX_REPORTED = 4;
    private static final int REMEMBERED = 64;
    /** The longest wait for this client's own other connections. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(8);

    private final Scope scope = Scope.current();
    private final long start = System.nanoTime();
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final List<Runnable> losses = new CopyOnWriteArrayList<>();
    private final Deque<Sent> sent = new ArrayDeque<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Runnable onStuck = () -> {};
    private int limit = UNLIMITED;
    private int taken;

    /** Opens a session. */
    public interface Opening {
        EngineSession open(Deadline deadline) throws ExchangeException;
    }

    /** What was sent, a packet or a step of the handshake, and when. */
    public record Sent(String what, double atMs) {}

    /**
     * A session from its begin to its end.
     *
     * @param endedMs infinite while it is open
     * @param abrupt  whether the connection ended without any message from the server
     */
    public record Life(double begunMs, double endedMs, boolean abrupt) {}

    private static final class Entry {
        private final EngineSession session;
        private volatile double endedMs = Double.POSITIVE_INFINITY;
        private volatile boolean abrupt;

        Entry(EngineSession session) {
            this.session = session;
        }
    }

    /** Has a task run, on a thread of its own, whenever a session ends abruptly or one can't be opened. */
    public void onLoss(Runnable task) {
        losses.add(task);
    }

    /** Has a task run, on a thread of its own, when a session is not open a second after it was asked for. */
    public void onStuck(Runnable task) {
        onStuck = task;
    }

    /** Opens a session as soon as one more may be open. @throws ExchangeException of any kind */
    public EngineSession open(String kind, Deadline deadline, Opening opening) throws ExchangeException {
        Duration timeout = Duration.ofMillis(Math.max(1, deadline.millisLeft()));
        take();
        sent(kind);
        Future<?> stuck = scope.runAfter(LONG, kind + " that waits", () -> onStuck.run());
        try {
            EngineSession session = opening.open(Deadline.in(timeout));
            Entry entry = new Entry(session);
            entries.add(entry);
            session.onSend(packet -> sent(Text.quote(packet, 80)));
            session.ended().thenAccept(how -> end(entry, how));
            return session;
        } catch (ExchangeException failure) {
            giveBack();
            failures.incrementAndGet();
            lost();
            throw failure;
        } finally {
            stuck.cancel(false);
        }
    }

    /** From now on no more than so many are open at the same time; a further one waits for the end of another. */
    public synchronized void limitTo(int count) {
        limit = count;
        notifyAll();
    }

    /** How many may be open at the same time; {@link #UNLIMITED} where nothing else is known. */
    public synchronized int limit() {
        return limit;
    }

    /** How many could not be opened so far. */
    public int failures() {
        return failures.get();
    }

    public List<EngineSession> open() {
        return entries.stream()
                .map(entry -> entry.session)
                .filter(session -> !session.isEnded())
                .toList();
    }

    public List<Life> lives() {
        return entries.stream()
                .map(entry -> new Life(ms(entry.session.begunNanos()), entry.endedMs, entry.abrupt))
                .toList();
    }

    /**
     * What was sent last before a moment, over whichever session, and what was sent shortly before that: the server may be
     * at work on any of it. Oldest first.
     */
    public List<Sent> lastSent(double beforeMs) {
        synchronized (sent) {
            List<Sent> before =
                    sent.stream().filter(step -> step.atMs() <= beforeMs).toList();
            double last = before.isEmpty() ? 0 : before.get(before.size() - 1).atMs();
            return before.stream()
                    .skip(Math.max(0, before.size() - MAX_REPORTED))
                    .filter(step -> step.atMs() >= last - TOGETHER_MS)
                    .toList();
        }
    }

    private void sent(String what) {
        synchronized (sent) {
            sent.addLast(new Sent(what, nowMs()));
            if (sent.size() > REMEMBERED) {
                sent.removeFirst();
            }
        }
    }

    public double nowMs() {
        return ms(System.nanoTime());
    }

    public double ms(long nanos) {
        return (nanos - start) / 1e6;
    }

    private void end(Entry entry, SessionEnd how) {
        entry.abrupt = how.isAbrupt();
        entry.endedMs = nowMs();
        giveBack();
        if (entry.abrupt) {
            lost();
        }
    }

    private void lost() {
        losses.forEach(task -> scope.run("look after a loss", task));
    }

    private synchronized void take() throws ExchangeException {
        Deadline timeout = Deadline.in(MAX_WAIT);
        try {
            while (taken >= limit && !timeout.passed()) {
                wait(Math.max(1, timeout.millisLeft()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (taken >= limit) {
            throw new ExchangeException(
                    ExchangeException.Kind.SILENT, "this client's other connections use up the limit");
        }
        taken++;
    }

    private void giveBack() {
        if (limit() == UNLIMITED) {
            free();
        } else {
            Scope.at(Deadline.in(CLEARING_UP), this::free);
        }
    }

    private synchronized void free() {
        taken--;
        notifyAll();
    }
}
