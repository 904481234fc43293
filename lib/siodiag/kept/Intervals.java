package siodiag.kept;

import java.util.ArrayDeque;
import java.util.Deque;

/** Times in {@link System#nanoTime} in which something else explains what happened; the oldest are forgotten. */
final class Intervals {
    private static final int MAX = 200;

    private final Deque<Interval> all = new ArrayDeque<>();

    private record Interval(long from, long until) {}

    /** What follows on the last one makes it longer. */
    void add(long from, long until) {
        Interval last = all.peekLast();
        if (last != null && from <= last.until && from >= last.from) {
            all.removeLast();
            all.add(new Interval(last.from, Math.max(last.until, until)));
        } else {
            all.add(new Interval(from, until));
        }
        if (all.size() > MAX) {
            all.removeFirst();
        }
    }

    /** @param margin before and behind each */
    boolean cover(long nanos, long margin) {
        return all.stream().anyMatch(one -> nanos > one.from - margin && nanos < one.until + margin);
    }

    /** Whether any goes on behind that time. */
    boolean reachBeyond(long nanos) {
        return all.stream().anyMatch(one -> one.until > nanos);
    }
}
