package siodiag.passive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.ledger.FlowFigures;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/**
 * Whether events reach those who receive such events. What promises a delivery is the application's own habit: the same event
 * of others, or before and afterwards. Where a value (a room, an addressee) tells the missing from the rest, it is meant so.
 */
final class DeliveryJudge implements Judge {
    private static final int ENOUGH = 2;
    private static final int MAX_QUOTED = 4;
    private static final long LATE_MS = 1000;
    private static final double QUICK_SHARE = 0.25;

    private final Relations relations;
    private final Sessions sessions;

    DeliveryJudge(Relations relations, Sessions sessions) {
        this.relations = relations;
        this.sessions = sessions;
    }

    @Override
    public void on(ServerEvent event, Sessions.Session session) {
        boolean carries = event.kind() == RecordedEvent.Kind.EVENT
                || event.kind() == RecordedEvent.Kind.HTTP && event.isIn() && event.event() != null;
        if (carries) {
            relations.on(event);
        }
    }

    @Override
    public List<Finding> findings(long now) {
        List<Finding> findings = new ArrayList<>();
        Set<Emit.Name> related = new HashSet<>();
        for (Relation relation : relations.all()) {
            if (relation.isConfirmed()) {
                related.add(relation.sent);
                if (relation.toOthers) {
                    findings.addAll(findings(relation));
                }
            }
        }
        relations.sent().forEach((name, sent) -> {
            if (!related.contains(name)
                    && sent.count >= ENOUGH
                    && relations.all().stream().noneMatch(one -> one.sent.equals(name))) {
                findings.add(Finding.info(
                        "relay.unseen." + name.namespace() + "." + name.event(),
                        Hop.RELAY,
                        name + ": sent " + sent.count
                                + " times, nobody received anything of it; whether anybody should is " + "not known"));
            }
        });
        return findings;
    }

    private List<Finding> findings(Relation relation) {
        List<Finding> findings = new ArrayList<>();
        List<Relation.Outcome> told = recognisable(relation);
        Deliveries seen = Deliveries.of(told, this::isThere);
        String id = relation.sent.namespace() + "." + relation.sent.event() + "." + relation.received.event();
        String what = relation.sent.event().equals(relation.received.event())
                ? relation.sent.toString()
                : relation.sent + " (received as " + relation.received + ")";
        Set<String> silenced = new TreeSet<>();
        bySender(told).forEach((sender, own) -> {
            if (own.size() >= ENOUGH && seen.isNothing(own) && seen.hasOthers(sender)) {
                silenced.add(sender);
            }
        });
        if (!silenced.isEmpty()) {
            findings.add(Finding.fail(
                    "relay.silenced." + id,
                    Hop.RELAY,
                    Symptom.NOT_DELIVERED,
                    relation.sent.event() + " of " + String.join(", ", silenced),
                    what + ": of " + String.join(", ", silenced) + " nobody receives it, of others it is received",
                    seen.account()));
        }
        List<String> lost = seen.lost(silenced);
        if (lost.size() >= ENOUGH) {
            findings.add(Finding.fail(
                    "relay.lost." + id,
                    Hop.RELAY,
                    Symptom.PARTLY_LOST,
                    relation.sent.event(),
                    what + ": " + lost.size() + " of " + (seen.delivered() + lost.size()) + " deliveries missing",
                    lost.stream().limit(MAX_QUOTED).toArray(String[]::new)));
        }
        twice(relation, told, id, what, findings);
        order(relation, seen, id, what, findings);
        late(told, id, what, findings);
        if (findings.isEmpty() && seen.delivered() > 0) {
            findings.add(Finding.pass(
                    "relay." + id,
                    Hop.RELAY,
                    what + ": " + Text.count(told.size(), "event") + ", " + Text.count(seen.delivered(), "delivery")));
        }
        return findings;
    }

    private static void twice(
            Relation relation, List<Relation.Outcome> told, String id, String what, List<Finding> findings) {
        long twice = told.stream().filter(outcome -> !outcome.twice().isEmpty()).count();
        if (twice >= ENOUGH) {
            findings.add(Finding.warn(
                    "relay.twice." + id,
                    Hop.RELAY,
                    Symptom.DUPLICATED,
                    relation.sent.event(),
                    what + ": " + twice + " of " + told.size() + " received more than once by the same client",
                    "for instance by "
                            + told.stream()
                                    .flatMap(outcome -> outcome.twice().stream())
                                    .distinct()
                                    .limit(MAX_QUOTED)
                                    .collect(Collectors.joining(", "))));
        }
    }

    private static void order(Relation relation, Deliveries seen, String id, String what, List<Finding> findings) {
        if (relation.reordered >= ENOUGH) {
            findings.add(Finding.warn(
                    "relay.order." + id,
                    Hop.RELAY,
                    Symptom.REORDERED,
                    relation.sent.event(),
                    what + ": " + relation.reordered + " of " + seen.delivered()
                            + " deliveries came behind a later event of the same sender"));
        }
    }

    /** Late beside its own kind: what always takes its time may be meant so. */
    private static void late(List<Relation.Outcome> told, String id, String what, List<Finding> findings) {
        List<Long> all = told.stream()
                .flatMap(outcome -> outcome.latencies().values().stream())
                .sorted()
                .toList();
        long late = all.stream().filter(ms -> ms > LATE_MS).count();
        if (late >= ENOUGH) {
            String detail = what + ": " + late + " of " + all.size()
                    + " deliveries later than a second, the latest after " + all.get(all.size() - 1) + " ms";
            boolean others = all.get((int) (all.size() * QUICK_SHARE)) < LATE_MS;
            findings.add(
                    others
                            ? Finding.warn("relay.late." + id, Hop.RELAY, Symptom.LATE, "", detail)
                            : Finding.info("relay.late." + id, Hop.RELAY, detail + "; always so"));
        }
    }

    private boolean isThere(String client, long at) {
        Sessions.Session session = sessions.get(client);
        return session == null || at >= session.begun && (session.isOpen() || at <= session.ended - 500);
    }

    private static List<Relation.Outcome> recognisable(Relation relation) {
        Set<String> paths = relation.paths();
        return relation.outcomes.stream()
                .filter(outcome -> !outcome.receivers().isEmpty()
                        || outcome.unique().stream().anyMatch(paths::contains))
                .toList();
    }

    private static Map<String, List<Relation.Outcome>> bySender(Collection<Relation.Outcome> outcomes) {
        return outcomes.stream()
                .collect(Collectors.groupingBy(Relation.Outcome::sender, LinkedHashMap::new, Collectors.toList()));
    }

    /** What was sent, expected, received, over all that is known to be relayed. */
    FlowFigures figures() {
        long sent = 0;
        long received = 0;
        long lost = 0;
        long duplicated = 0;
        long reordered = 0;
        List<Double> latencies = new ArrayList<>();
        for (Relation relation : relations.all()) {
            if (relation.isConfirmed() && relation.toOthers) {
                List<Relation.Outcome> told = recognisable(relation);
                Deliveries seen = Deliveries.of(told, this::isThere);
                sent += told.size();
                received += seen.delivered() + relation.others;
                lost += seen.lost(Set.of()).size();
                duplicated += told.stream()
                        .mapToLong(outcome -> outcome.twice().size())
                        .sum();
                reordered += relation.reordered;
                told.forEach(outcome -> outcome.latencies().values().forEach(ms -> latencies.add((double) ms)));
            }
        }
        return sent == 0
                ? null
                : new FlowFigures(
                        sent,
                        received + lost,
                        received,
                        lost,
                        duplicated,
                        reordered,
                        FlowFigures.Latency.of(latencies.stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
    }

    /** Senders and receivers by how often they received; for the learner. */
    Map<String, Long> receivers(Relation relation) {
        Map<String, Long> receivers = new HashMap<>();
        relation.outcomes.forEach(outcome -> outcome.receivers().forEach(one -> receivers.merge(one, 1L, Long::sum)));
        return receivers;
    }
}
