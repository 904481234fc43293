package siodiag.ask;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import siodiag.core.Deadline;

/** Events that came and were not yet asked for; bounded in number and size, the oldest go first. */
final class EventInbox {
    private static final int MAX_EVENTS = 10_000;
    private static final long MAX_CHARACTERS = 16_000_000;

    private final Deque<ReceivedEvent> events = new ArrayDeque<>();
    private long characters;
    private int added;
    private String ended = "";

    synchronized void add(ReceivedEvent event) {
        added++;
        events.addLast(event);
        characters += event.size();
        while (events.size() > MAX_EVENTS || characters > MAX_CHARACTERS) {
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

    /** How many have come so far. */
    synchronized int added() {
        return added;
    }

    /** Those that came after so many, as far as they are still here; they stay. */
    synchronized List<ReceivedEvent> since(int before) {
        int here = Math.min(events.size(), added - before);
        return events.stream().skip(events.size() - here).toList();
    }

    synchronized int size() {
        return events.size();
    }

    /** The first event of that kind, and those before it are gone; nothing at the deadline or the end. */
    synchronized Optional<ReceivedEvent> next(Predicate<ReceivedEvent> wanted, Deadline deadline)
            throws InterruptedException {
        while (true) {
            while (!events.isEmpty()) {
                ReceivedEvent event = events.removeFirst();
                characters -= event.size();
                if (wanted.test(event)) {
                    return Optional.of(event);
                }
            }
            if (!ended.isEmpty() || deadline.passed()) {
                return Optional.empty();
            }
            wait(Math.max(1, deadline.millisLeft()));
        }
    }

    /** Hands over all that is there and all that comes until then, or until no more can come. */
    void drain(Deadline deadline, Consumer<ReceivedEvent> observer) throws InterruptedException {
        Optional<ReceivedEvent> event = next(any -> true, deadline);
        while (event.isPresent()) {
            observer.accept(event.get());
            event = next(any -> true, deadline);
        }
    }
}
