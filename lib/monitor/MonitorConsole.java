package siodiag;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows what happens, one line each, and on a terminal a status line below. A terminal that is too slow or held up
 * does not hold up the server: what it could not show is counted, and said.
 */
final class MonitorConsole implements MonitorEvent.Listener, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final MonitorView.Filter filter;
    private final MonitorLine line;
    private final boolean terminal;
    private final MonitorBacklog backlog;
    private final ScheduledExecutorService clock;
    private volatile int clients;
    private volatile long unshown;
    private long saidUnshown;
    private volatile long received;
    private volatile long delivered;
    private volatile long errors;
    private long receivedBefore;
    private long deliveredBefore;

    MonitorConsole(PrintWriter out, MonitorView view, MonitorLine line, boolean terminal) {
        this.out = out;
        this.filter = view.filter();
        this.line = line;
        this.terminal = terminal;
        this.backlog = new MonitorBacklog("monitor-console", this::show);
        this.clock = terminal ? Executors.newSingleThreadScheduledExecutor(MonitorConsole::clockThread) : null;
        if (terminal) {
            clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    public void on(MonitorEvent event) {
        count(event);
        if (filter.shows(event) && !backlog.offer(event)) {
            unshown++;
        }
    }

    /** Shows what is left, and the totals. */
    @Override
    public void close() {
        if (clock != null) {
            clock.shutdownNow();
        }
        backlog.close();
        out.print((terminal ? CLEAR_LINE : "") + Text.count(received, "event") + " received, "
                + Text.count(delivered, "delivery").replace("deliverys", "deliveries") + ", "
                + Text.count(errors, "error") + "\n");
        out.flush();
    }

    private synchronized void show(List<MonitorEvent> events) {
        StringBuilder lines = new StringBuilder();
        for (MonitorEvent event : events) {
            lines.append(line.of(event)).append('\n');
        }
        if (unshown > saidUnshown) {
            lines.append("           ").append(unshown - saidUnshown)
                    .append(" more were not shown: the terminal is too slow\n");
            saidUnshown = unshown;
        }
        print(lines.toString());
    }

    private synchronized void tick() {
        print("");
        receivedBefore = received;
        deliveredBefore = delivered;
    }

    private void print(String lines) {
        if (terminal) {
            out.print(CLEAR_LINE + lines + status());
        } else {
            out.print(lines);
        }
        out.flush();
    }

    private String status() {
        return String.format(Locale.ROOT, "[%s  in %d/s  out %d/s  total %d in, %d out, %s]",
                Text.count(clients, "client"), received - receivedBefore, delivered - deliveredBefore,
                received, delivered, Text.count(errors, "error"));
    }

    /** Only the server's thread counts; others read. */
    private void count(MonitorEvent event) {
        switch (event.kind()) {
            case HANDSHAKE -> clients++;
            case CLOSE -> clients--;
            case EVENT -> {
                received += event.isIn() ? 1 : 0;
                delivered += event.to().size();
            }
            case HTTP -> received++;
            default -> errors += event.isError() ? 1 : 0;
        }
    }

    private static Thread clockThread(Runnable work) {
        Thread thread = new Thread(work, "monitor-status");
        thread.setDaemon(true);
        return thread;
    }
}
