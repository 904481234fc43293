package siodiag.probe.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A time in which all connections were left without an answer, and after which they went on together.
 *
 * @param fromMs      when the first question was asked that waited through it
 * @param forMs       how long no question was answered, at least
 * @param connections how many waited
 * @param togetherMs  from the first answer to the last
 */
record Standstill(double fromMs, double forMs, int connections, double togetherMs) {
    static final double MAX_PAUSE_MS = 1000;
    private static final double TOGETHER_MS = 150;
    /** On a machine that is short of time the server has to wait for its turn as well, and longer than this process. */
    private static final double OWN_PAUSES_COUNT = 2;

    /** Where programs take so much longer than alone, none of them waits a second for its turn yet. */
    private static final double ORDINARY_CROWD = 4;

    /** A question to one connection and its answer; infinite where none came. */
    record Wait(int connection, double askedMs, double answeredMs) {}

    /** A time in which this process wanted to run and did not. */
    record Pause(double fromMs, double toMs) {
        double within(double from, double to) {
            return Math.max(0, Math.min(toMs, to) - Math.max(fromMs, from));
        }
    }

    /**
     * Judges what was asked when one connection did not answer.
     *
     * @param leading the question that was left without an answer first
     * @param others  what was then asked of all others
     * @param own     when this process itself stood still
     * @param crowd   how much longer than alone a program on the server's machine takes, where that is known; else 1
     */
    static Optional<Standstill> of(Wait leading, List<Wait> others, List<Pause> own, double crowd) {
        List<Wait> answered = new ArrayList<>(others.stream()
                .filter(wait -> Double.isFinite(wait.answeredMs()))
                .toList());
        if (answered.isEmpty() || !Double.isFinite(leading.answeredMs())) {
            return Optional.empty(); // one connection alone says nothing of the others
        }
        answered.add(leading);
        double first = answered.stream().mapToDouble(Wait::answeredMs).min().orElseThrow();
        double last = answered.stream().mapToDouble(Wait::answeredMs).max().orElseThrow();
        double ownMs = own.stream()
                .mapToDouble(pause -> pause.within(leading.askedMs(), last))
                .sum();
        double least = MAX_PAUSE_MS * Math.max(1, crowd / ORDINARY_CROWD) + OWN_PAUSES_COUNT * ownMs;
        return first - leading.askedMs() < least || last - first > TOGETHER_MS
                ? Optional.empty()
                : Optional.of(
                        new Standstill(leading.askedMs(), first - leading.askedMs(), answered.size(), last - first));
    }

    String evidence() {
        return String.format(
                Locale.ROOT,
                "%.1f s into the run, %d connections at once got no answer for %.0f ms or more, and resumed within %.0f ms of each other",
                fromMs / 1000,
                connections,
                forMs,
                togetherMs);
    }
}
