package siodiag.passive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.server.ServerEvent;

/** Acknowledgements that clients asked for: given, or never. */
final class AckJudge implements Judge {
    /** Shorter waits may still end well. */
    private static final long NEVER_MS = 3_000;

    private static final int MAX_PENDING = 20_000;
    private static final int MAX_NAMES = 200;

    private final Map<String, Asked> pending = new LinkedHashMap<>();
    private final Map<Emit.Name, Counts> names = new LinkedHashMap<>();
    private final Relations relations;

    private record Asked(Emit.Name name, String client, long at) {}

    static final class Counts {
        long asked;
        long given;
        final Quotes never = new Quotes();
    }

    AckJudge(Relations relations) {
        this.relations = relations;
    }

    @Override
    public void on(ServerEvent event, Sessions.Session session) {
        switch (event.kind()) {
            case EVENT -> {
                if (event.isIn() && event.ack() >= 0) {
                    asked(event);
                }
            }
            case ACK -> {
                Asked asked = event.isOut() ? pending.remove(key(event)) : null;
                if (asked != null) {
                    counts(asked.name).given++;
                }
            }
            case CLOSE ->
                pending.entrySet().removeIf(entry -> {
                    Asked asked = entry.getValue();
                    boolean gone = asked.client.equals(event.client());
                    if (gone && event.at() - asked.at >= NEVER_MS) {
                        never(asked, event.at());
                    }
                    return gone;
                });
            default -> {
                // no part of an acknowledgement
            }
        }
    }

    private void asked(ServerEvent event) {
        Emit.Name name = new Emit.Name(event.namespace(), event.event());
        counts(name).asked++;
        if (pending.size() < MAX_PENDING) {
            pending.put(key(event), new Asked(name, event.client(), event.at()));
        }
    }

    private void never(Asked asked, long at) {
        counts(asked.name)
                .never
                .add(
                        at,
                        asked.client,
                        asked.client + " asked for an acknowledgement of " + asked.name + ": none for "
                                + Text.duration(Duration.ofMillis(at - asked.at)));
    }

    private Counts counts(Emit.Name name) {
        return names.size() < MAX_NAMES || names.containsKey(name)
                ? names.computeIfAbsent(name, first -> new Counts())
                : new Counts();
    }

    private static String key(ServerEvent event) {
        return event.client() + " " + event.namespace() + " " + event.ack();
    }

    /** How often each event was acknowledged. */
    Map<Emit.Name, Counts> names() {
        return names;
    }

    @Override
    public List<Finding> findings(long now) {
        pending.values().removeIf(asked -> {
            boolean late = now - asked.at >= NEVER_MS;
            if (late) {
                never(asked, now);
            }
            return late;
        });
        List<Finding> findings = new ArrayList<>();
        names.forEach((name, counts) -> {
            if (counts.given > 0) {
                findings.add(Finding.pass(
                        "event." + name.namespace() + "." + name.event(),
                        Hop.EVENT,
                        counts.given + " of " + counts.asked + " " + name + " acknowledged"));
            }
            if (!counts.never.isEmpty()) {
                findings.add(never(name, counts));
            }
        });
        return findings;
    }

    private Finding never(Emit.Name name, Counts counts) {
        String id = "event.unacknowledged." + name.namespace() + "." + name.event();
        String detail = counts.never.count() + " of " + counts.asked + " " + name + " never acknowledged";
        boolean follows =
                relations.all().stream().anyMatch(relation -> relation.sent.equals(name) && relation.isConfirmed());
        if (counts.given > 0 && counts.never.count() < 2) {
            return Finding.info(id, Hop.EVENT, detail, counts.never.array());
        }
        return counts.given > 0 || follows
                ? Finding.warn(id, Hop.EVENT, Symptom.NO_REACTION, name.toString(), detail, counts.never.array())
                : Finding.fail(id, Hop.EVENT, Symptom.NO_REACTION, name.toString(), detail, counts.never.array());
    }
}
