package siodiag;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Events that came and were not yet asked for; bounded in number and size, the oldest go first. */
final class AdhocInbox {
    private static final int MOST = 10_000;
    private static final long MOST_CHARACTERS = 16_000_000;

    private final Deque<AdhocEvent> events = new ArrayDeque<>();
    private long characters;
    private String ended = "";

    synchronized void add(AdhocEvent event) {
        events.addLast(event);
        characters += event.size();
        while (events.size() > MOST || characters > MOST_CHARACTERS) {
            characters -= events.removeFirst().size();
        }
        notifyAll();
    }

    /** No more will come. @param how the sentence that says why */
    synchronized void end(String how) {
        ended = how;
        notifyAll();
    }

    /** How it ended; empty while it goes on. */
    synchronized String ended() {
        return ended;
    }

    synchronized int size() {
        return events.size();
    }

    /** The first event of that kind, and those before it are gone; nothing at the deadline or the end. */
    synchronized Optional<AdhocEvent> next(Predicate<AdhocEvent> wanted, Deadline deadline) throws InterruptedException {
        do {
            while (!events.isEmpty()) {
                AdhocEvent event = events.removeFirst();
                characters -= event.size();
                if (wanted.test(event)) {
                    return Optional.of(event);
                }
            }
        } while (ended.isEmpty() && await(deadline));
        return Optional.empty();
    }

    /** All that is there and all that comes in that time; each is told of as it is taken. */
    List<AdhocEvent> during(Duration time, Consumer<AdhocEvent> observer) throws InterruptedException {
        Deadline deadline = Deadline.in(time);
        List<AdhocEvent> seen = new ArrayList<>();
        Optional<AdhocEvent> event = next(any -> true, deadline);
        while (event.isPresent()) {
            observer.accept(event.get());
            if (seen.size() < MOST) {
                seen.add(event.get());
            }
            event = next(any -> true, deadline);
        }
        return seen;
    }

    private boolean await(Deadline deadline) throws InterruptedException {
        if (deadline.passed()) {
            return false;
        }
        wait(deadline.millisLeft());
        return true;
    }
}
