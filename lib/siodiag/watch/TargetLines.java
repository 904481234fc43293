package siodiag.watch;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import siodiag.core.Style;
import siodiag.core.Text;
import siodiag.diagnosis.Verdict;
import siodiag.kept.LongLook;

/** On a terminal: a line for each target, drawn again each second; changes stand above them. */
final class TargetLines implements WatchListener, AutoCloseable {
    private static final int MAX_LINES = 20;
    private static final int MAX_URL = 48;
    private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

    private final PrintWriter out;
    private final Style style;
    private final List<TargetWatch> targets;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("watch lines"));
    private int drawn;
    private boolean closed;

    TargetLines(PrintWriter out, Style style, List<TargetWatch> targets) {
        this.out = out;
        this.style = style;
        this.targets = targets;
    }

    void start() {
        clock.scheduleAtFixedRate(this::draw, 0, 1, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void changed(TargetWatch target, Change change) {
        if (!closed) {
            clear();
            ChangeText.of(change, style.width()).forEach(line -> out.println(style.plain(line)));
            draw();
        }
    }

    private synchronized void draw() {
        if (closed) {
            return;
        }
        clear();
        List<String> lines = lines();
        lines.forEach(out::println);
        drawn = lines.size();
        out.flush();
    }

    private void clear() {
        if (drawn > 0) {
            out.print(String.format(UP_AND_CLEAR, drawn));
            drawn = 0;
        }
    }

    private List<String> lines() {
        Instant now = Instant.now();
        List<String> lines = new ArrayList<>();
        targets.stream()
                .sorted(Comparator.comparing(TargetLines::verdict).reversed())
                .limit(MAX_LINES)
                .forEach(target -> lines.add(line(target, now)));
        if (targets.size() > MAX_LINES) {
            lines.add("  and " + (targets.size() - MAX_LINES) + " more");
        }
        return lines;
    }

    /** The worst first. */
    private static Verdict verdict(TargetWatch target) {
        return target.state() == null ? Verdict.HEALTHY : target.state().verdict();
    }

    private String line(TargetWatch target, Instant now) {
        State state = target.state();
        String url = Text.fit(Text.visible(target.url().toString()), MAX_URL);
        if (state == null) {
            return style.plain(Text.fit("  ...   " + url + "  first examination", style.width() - 1));
        }
        List<Double> recent = target.history().recent();
        double latest = recent.isEmpty() ? Double.NaN : recent.get(recent.size() - 1);
        String rest = String.format(
                Locale.ROOT,
                "%s  %s  %s %s  %s%s",
                url,
                state.describe(),
                Double.isNaN(latest) ? "-" : String.format(Locale.ROOT, "%.0f ms", latest),
                Sparkline.of(recent, style.unicode()),
                "for " + Spans.text(Duration.between(target.availability().since(), now)),
                target.kept().map(TargetLines::kept).orElse(""));
        return "  " + mark(state) + "  " + style.plain(Text.fit(rest, style.width() - 9));
    }

    private static String kept(LongLook.Snapshot kept) {
        int ends = kept.connections().stream().mapToInt(LongLook.Kept::ends).sum();
        long open = kept.connections().stream().filter(one -> one.ageMs() > 0).count();
        return ", " + open + " kept, " + ends + " ended";
    }

    private String mark(State state) {
        return switch (state.verdict()) {
            case HEALTHY -> style.good("ok  ");
            case DEGRADED -> style.doubtful("warn");
            case BROKEN -> style.bad("FAIL");
        };
    }

    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (this) {
            clear();
            out.flush();
            closed = true;
        }
    }
}
