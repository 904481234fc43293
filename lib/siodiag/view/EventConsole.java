package siodiag.view;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import siodiag.core.Console;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;
import siodiag.server.Backlog;
import siodiag.server.ServerEvent;

/**
 * Shows what happens, one line each, and on a terminal a status line below. A terminal that is too slow or held up
 * does not hold up the server: what it could not show is counted and reported.
 */
final class EventConsole implements ServerEvent.Listener, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final ConsoleFilter.Filter filter;
    private final EventFormatter line;
    private final boolean terminal;
    private final Backlog backlog;
    private final ScheduledExecutorService clock;
    private final Statistics statistics = new Statistics();
    private final AtomicLong clients = new AtomicLong();
    private final AtomicLong unshown = new AtomicLong();
    private long reportedUnshown;
    private final EventRate receiving = new EventRate(System.nanoTime());
    private final EventRate delivering = new EventRate(System.nanoTime());

    EventConsole(PrintWriter out, ConsoleFilter view, EventFormatter line, boolean terminal) {
        this.out = out;
        this.filter = view.filter();
        this.line = line;
        this.terminal = terminal;
        this.backlog = new Backlog("monitor-console", this::show);
        this.clock = terminal ? Executors.newSingleThreadScheduledExecutor(EventConsole::clockThread) : null;
        if (terminal) {
            clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    public void on(ServerEvent event) {
        count(event);
        if (filter.shows(event) && !backlog.offer(event)) {
            unshown.incrementAndGet();
        }
    }

    @Override
    public String part() {
        return "console";
    }

    @Override
    public String failure() {
        return backlog.failure();
    }

    /** Shows what is left, and the totals. */
    @Override
    public void close() {
        if (clock != null) {
            clock.shutdownNow();
        }
        backlog.close();
        out.print((terminal ? CLEAR_LINE : "") + TrafficSummary.of(statistics));
        out.flush();
    }

    private synchronized void show(List<ServerEvent> events) {
        StringBuilder lines = new StringBuilder();
        for (ServerEvent event : events) {
            lines.append(line.of(event)).append('\n');
        }
        long unshownNow = unshown.get();
        if (unshownNow > reportedUnshown) {
            lines.append("           ")
                    .append(unshownNow - reportedUnshown)
                    .append(" more not shown: the terminal is too slow\n");
            reportedUnshown = unshownNow;
        }
        print(lines.toString());
    }

    private synchronized void tick() {
        long now = System.nanoTime();
        receiving.tick(now, TrafficSummary.received(statistics));
        delivering.tick(now, statistics.deliveries());
        print("");
    }

    private void print(String lines) {
        if (terminal) {
            out.print(CLEAR_LINE + lines + Text.fit(status(), Console.width() - 1));
        } else {
            out.print(lines);
        }
        out.flush();
    }

    private String status() {
        return String.format(
                Locale.ROOT,
                "[%s  in %d/s  out %d/s  total %d in, %d out, %s]",
                Text.count(clients.get(), "client"),
                receiving.perSecond(),
                delivering.perSecond(),
                TrafficSummary.received(statistics),
                statistics.deliveries(),
                Text.count(statistics.errors(), "error"));
    }

    private void count(ServerEvent event) {
        statistics.on(event);
        if (event.kind() == RecordedEvent.Kind.HANDSHAKE) {
            clients.incrementAndGet();
        } else if (event.kind() == RecordedEvent.Kind.CLOSE) {
            clients.decrementAndGet();
        }
    }

    private static Thread clockThread(Runnable work) {
        Thread thread = new Thread(work, "monitor-status");
        thread.setDaemon(true);
        return thread;
    }
}
