package siodiag.probe.session;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import siodiag.protocol.Sessions;

/**
 * The moment at which all open sessions ended without a word.
 *
 * @param sessions  how many there were
 * @param atMs      the first end
 * @param withinMs  from the first end to the last
 * @param agesApart milliseconds between the begin of the oldest and that of the youngest: an idle timeout ends those of one
 *                  age, the end of a process those of every age
 */
record Crash(int sessions, double atMs, double withinMs, double agesApart) {
    private static final double TOGETHER_MS = 150;
    private static final double APART_MS = 200;

    /** The first such moment. */
    static Optional<Crash> of(List<Sessions.Life> lives) {
        return lives.stream()
                .filter(Sessions.Life::abrupt)
                .sorted(Comparator.comparing(Sessions.Life::endedMs))
                .flatMap(first -> at(first.endedMs(), lives).stream())
                .findFirst();
    }

    private static Optional<Crash> at(double atMs, List<Sessions.Life> lives) {
        List<Sessions.Life> open = lives.stream()
                .filter(life -> life.begunMs() < atMs && life.endedMs() >= atMs)
                .toList();
        double last = open.stream().mapToDouble(Sessions.Life::endedMs).max().orElse(atMs);
        if (last > atMs + TOGETHER_MS || !open.stream().allMatch(Sessions.Life::abrupt)) {
            return Optional.empty();
        }
        double oldest = open.stream().mapToDouble(Sessions.Life::begunMs).min().orElse(atMs);
        double youngest =
                open.stream().mapToDouble(Sessions.Life::begunMs).max().orElse(atMs);
        return Optional.of(new Crash(open.size(), atMs, last - atMs, youngest - oldest));
    }

    /** Whether it tells of the end of a process by itself. */
    boolean isConclusive() {
        return sessions > 1 && agesApart >= APART_MS;
    }

    String evidence() {
        return sessions == 1
                ? "the only open connection ended without any message from the server"
                : String.format(
                        Locale.ROOT,
                        "all %d open connections, opened up to %.0f ms apart, ended without any message from the server within %.0f ms",
                        sessions,
                        agesApart,
                        withinMs);
    }
}
