package siodiag.passive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import siodiag.server.ServerEvent;

/**
 * Which event of which client leads to which event at which others: by the content, within some seconds. A value that several
 * events share (a room, a user's name) tells nothing and is passed over.
 */
final class Relations {
    static final long WINDOW_MS = 10_000;
    /** Within it, what two events of a client lead to may come mixed. */
    private static final long SOON_MS = 150;

    private static final int MAX_EMITS = 5_000;
    private static final int MAX_RELATIONS = 100;
    private static final int MAX_COMMON = 10_000;
    private static final int MIN_KEY = 3;
    private static final int MIN_NUMBER = 4;
    private static final int MIN_CONTAINED = 4;
    private static final int SEARCHED = 48;
    private static final String HOOK = "hook";

    private final Scalars scalars = new Scalars();
    private final Deque<Emit> recent = new ArrayDeque<>();
    private final Map<String, Emit> byValue = new HashMap<>();
    private final Set<String> common = new HashSet<>();
    private final Map<List<Object>, Relation> relations = new LinkedHashMap<>();
    private final Map<Emit.Name, Sent> sent = new LinkedHashMap<>();
    private final Map<String, Emit> lastOfSender = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Emit> eldest) {
            return size() > MAX_EMITS;
        }
    };
    private long number;
    private Match last;

    /** An event that was sent, and what it is received as. */
    private record Link(Emit emit, Relation relation, Map<String, Emit.Arrival> arrivals) {}

    /** A broadcast passes once for each receiver: what was found for the first holds for all, as long as nothing else was sent. */
    private record Match(String args, String namespace, String event, long number, List<Link> links) {
        boolean isSame(ServerEvent other, long sentSoFar) {
            return number == sentSoFar
                    && args.equals(other.args())
                    && event.equals(other.event())
                    && namespace.equals(other.namespace());
        }
    }

    /** How often an event was sent, and by whom. */
    static final class Sent {
        long count;
        String path;
        final Set<String> senders = new HashSet<>();
        final Deque<Emit> samples = new ArrayDeque<>();
    }

    void on(ServerEvent event) {
        expire(event.at());
        if (event.isIn()) {
            emitted(event);
        } else if (event.isOut()) {
            received(event);
        }
    }

    /** Settles what is left. */
    void finish() {
        while (!recent.isEmpty()) {
            settle(recent.removeFirst());
        }
    }

    Collection<Relation> all() {
        return relations.values();
    }

    Map<Emit.Name, Sent> sent() {
        return sent;
    }

    private void emitted(ServerEvent event) {
        boolean posted = event.client() == null;
        Emit emit = new Emit(
                ++number,
                posted ? HOOK : event.client(),
                event.namespace(),
                event.event(),
                event.args(),
                event.at(),
                posted,
                scalars.of(event.args()));
        overtake(emit);
        recent.addLast(emit);
        if (recent.size() > MAX_EMITS) {
            settle(recent.removeFirst());
        }
        count(emit, event);
        for (Scalars.Scalar scalar : emit.scalars) {
            if (isTelling(scalar) && !common.contains(scalar.text())) {
                Emit other = byValue.putIfAbsent(scalar.text(), emit);
                if (other != null && other != emit) {
                    share(scalar.text());
                }
            }
        }
    }

    /** What was received of by now, or is old, gets nothing more: a name that comes again later follows from something else. */
    private void overtake(Emit emit) {
        Emit before = lastOfSender.put(emit.sender, emit);
        if (before != null && !before.name().equals(emit.name())) {
            for (var it = recent.descendingIterator(); it.hasNext(); ) {
                Emit earlier = it.next();
                if (earlier.sender.equals(emit.sender)) {
                    if (earlier.overtaken) {
                        return;
                    }
                    earlier.overtaken = !earlier.arrivals.isEmpty() || emit.at - earlier.at > SOON_MS;
                }
            }
        }
    }

    private void count(Emit emit, ServerEvent event) {
        if (sent.size() < MAX_RELATIONS || sent.containsKey(emit.name())) {
            Sent counted = sent.computeIfAbsent(emit.name(), name -> new Sent());
            counted.count++;
            counted.path =
                    emit.posted && event.detail() != null ? event.detail().replaceFirst("^POST ", "") : null;
            if (counted.senders.size() < 1000) {
                counted.senders.add(emit.sender);
            }
            counted.samples.addLast(emit);
            if (counted.samples.size() > 8) {
                counted.samples.removeFirst();
            }
        }
    }

    /** From now on the value tells nothing. What it told before is kept: there it was the only one. */
    private void share(String value) {
        byValue.remove(value);
        if (common.size() >= MAX_COMMON) {
            common.clear();
        }
        common.add(value);
    }

    private static boolean isTelling(Scalars.Scalar scalar) {
        return scalar.text().length() >= (scalar.isText() ? MIN_KEY : MIN_NUMBER);
    }

    private void received(ServerEvent event) {
        if (event.args() == null) {
            return;
        }
        if (last == null || !last.isSame(event, number)) {
            last = new Match(event.args(), event.namespace(), event.event(), number, links(event));
        }
        last.links.forEach(link -> arrived(link, event));
    }

    /** What an event that is received follows from. */
    private List<Link> links(ServerEvent event) {
        Map<Emit, Scalars.Scalar> from = new LinkedHashMap<>();
        List<Scalars.Scalar> all = scalars.of(event.args());
        for (Scalars.Scalar scalar : all) {
            Emit emit = byValue.get(scalar.text());
            if (emit != null && emit.at <= event.at()) {
                emit.scalars.stream()
                        .filter(sent -> sent.text().equals(scalar.text()))
                        .findFirst()
                        .ifPresent(sent -> from.putIfAbsent(emit, sent));
            }
        }
        if (from.isEmpty()) {
            contained(all, from);
        }
        List<Link> links = new ArrayList<>();
        from.forEach((emit, value) -> {
            Emit.Name name = new Emit.Name(event.namespace(), event.event());
            Relation relation = relation(emit, name);
            if (relation != null) {
                relation.sample = emit.args;
                if (!emit.overtaken) {
                    relation.matched(value.path(), value.text());
                }
                links.add(new Link(emit, relation, emit.arrivals.computeIfAbsent(name, first -> new HashMap<>())));
            }
        });
        return links;
    }

    /** Texts that the server put others around: {@code <alice> hello}. */
    private void contained(List<Scalars.Scalar> all, Map<Emit, Scalars.Scalar> found) {
        int searched = 0;
        for (var it = recent.descendingIterator(); it.hasNext() && searched < SEARCHED && found.isEmpty(); searched++) {
            Emit emit = it.next();
            for (Scalars.Scalar sent : emit.scalars) {
                if (sent.isText()
                        && sent.text().length() >= MIN_CONTAINED
                        && byValue.get(sent.text()) == emit
                        && all.stream()
                                .anyMatch(one -> one.isText() && one.text().contains(sent.text()))) {
                    found.put(emit, sent);
                    break;
                }
            }
        }
    }

    private static void arrived(Link link, ServerEvent event) {
        Relation relation = link.relation;
        for (String receiver : event.client() == null ? event.to() : List.of(event.client())) {
            if (receiver.equals(link.emit.sender)) {
                relation.toSender = true;
            } else {
                relation.toOthers = true;
            }
            if (!relation.follows(receiver)) {
                relation.others++;
                continue;
            }
            Emit.Arrival before = link.arrivals.get(receiver);
            if (before == null) {
                link.arrivals.put(receiver, new Emit.Arrival(event.at(), event.args()));
                relation.arrived(receiver, link.emit);
            } else if (!link.emit.overtaken && before.args.equals(event.args())) {
                before.times++;
            }
        }
    }

    private Relation relation(Emit emit, Emit.Name name) {
        List<Object> key = List.of(emit.name(), name);
        Relation known = relations.get(key);
        if (known == null && relations.size() < MAX_RELATIONS) {
            known = new Relation(emit.name(), name, emit.posted);
            relations.put(key, known);
        }
        return known;
    }

    private void expire(long now) {
        while (!recent.isEmpty() && now - recent.peekFirst().at > WINDOW_MS) {
            settle(recent.removeFirst());
        }
    }

    private void settle(Emit emit) {
        Set<String> unique = new HashSet<>();
        for (Scalars.Scalar scalar : emit.scalars) {
            if (byValue.remove(scalar.text(), emit)) {
                unique.add(scalar.path());
            }
        }
        for (Relation relation : relations.values()) {
            if (relation.sent.equals(emit.name())) {
                relation.settle(outcome(emit, unique, emit.arrivals.getOrDefault(relation.received, Map.of())));
            }
        }
    }

    private static Relation.Outcome outcome(Emit emit, Set<String> unique, Map<String, Emit.Arrival> arrivals) {
        Set<String> receivers = new HashSet<>(arrivals.keySet());
        receivers.remove(emit.sender);
        Set<String> twice = new HashSet<>();
        Map<String, Long> latencies = new HashMap<>();
        arrivals.forEach((receiver, arrival) -> {
            if (!receiver.equals(emit.sender)) {
                latencies.put(receiver, arrival.at - emit.at);
            }
            if (arrival.times > 1) {
                twice.add(receiver);
            }
        });
        Map<String, String> told = new HashMap<>();
        emit.scalars.stream().limit(16).forEach(scalar -> told.put(scalar.path(), scalar.text()));
        return new Relation.Outcome(emit.sender, emit.at, told, unique, receivers, twice, latencies);
    }
}
