package siodiag.passive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who received which of a relation's events, and who is missing some. */
final class Deliveries {
    private static final int ENOUGH = 3;

    private final List<Relation.Outcome> outcomes;
    private final Presence presence;
    /** By receiver: the places in the list of those that it received. */
    private final Map<String, List<Integer>> received = new LinkedHashMap<>();

    private final long delivered;

    /** Whether a client was connected. */
    interface Presence {
        boolean isThere(String client, long at);
    }

    private Deliveries(List<Relation.Outcome> outcomes, Presence presence) {
        this.outcomes = outcomes;
        this.presence = presence;
        long count = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            for (String receiver : outcomes.get(i).receivers()) {
                received.computeIfAbsent(receiver, first -> new ArrayList<>()).add(i);
                count++;
            }
        }
        this.delivered = count;
    }

    static Deliveries of(List<Relation.Outcome> outcomes, Presence presence) {
        return new Deliveries(outcomes, presence);
    }

    long delivered() {
        return delivered;
    }

    boolean isNothing(List<Relation.Outcome> some) {
        return some.stream().allMatch(outcome -> outcome.receivers().isEmpty());
    }

    /** Whether events of other senders were received, while someone was there to receive this one's. */
    boolean hasOthers(String sender) {
        List<Relation.Outcome> own = outcomes.stream()
                .filter(outcome -> outcome.sender().equals(sender))
                .toList();
        return outcomes.stream()
                                .filter(outcome -> !outcome.sender().equals(sender)
                                        && !outcome.receivers().isEmpty())
                                .count()
                        >= 2
                && own.stream().anyMatch(outcome -> received.keySet().stream()
                        .anyMatch(receiver -> !receiver.equals(sender) && presence.isThere(receiver, outcome.at())));
    }

    String account() {
        return delivered + " deliveries of " + outcomes.size() + " events to " + received.size() + " clients";
    }

    /** What is missing at whom, a line each. @param except senders whose events are accounted for otherwise */
    List<String> lost(Set<String> except) {
        List<String> lost = new ArrayList<>();
        received.forEach((receiver, got) -> lost.addAll(lost(receiver, got, except)));
        return lost;
    }

    /**
     * Between the first and the last that a client received, and where it received at least half: those that it did not, unless
     * a value tells them from those that it did.
     */
    private List<String> lost(String receiver, List<Integer> got, Set<String> except) {
        if (got.size() < ENOUGH) {
            return List.of();
        }
        Set<Integer> there = new HashSet<>(got);
        List<Relation.Outcome> kept = new ArrayList<>();
        List<Relation.Outcome> missed = new ArrayList<>();
        for (int i = got.get(0); i <= got.get(got.size() - 1); i++) {
            Relation.Outcome outcome = outcomes.get(i);
            if (there.contains(i)) {
                kept.add(outcome);
            } else if (!outcome.sender().equals(receiver)
                    && !except.contains(outcome.sender())
                    && presence.isThere(receiver, outcome.at())) {
                missed.add(outcome);
            }
        }
        if (missed.isEmpty() || missed.size() > kept.size() || isMeant(kept, missed)) {
            return List.of();
        }
        return missed.stream()
                .map(outcome -> receiver + " did not receive one of " + outcome.sender()
                        + (outcome.receivers().isEmpty()
                                ? ", and nobody else did"
                                : ", which "
                                        + String.join(
                                                ", ",
                                                outcome.receivers().stream()
                                                        .sorted()
                                                        .limit(3)
                                                        .toList()) + " received"))
                .toList();
    }

    /** Whether a value that stands in several of them, or the sender, tells the missing from the others. */
    private static boolean isMeant(List<Relation.Outcome> kept, List<Relation.Outcome> missed) {
        if (apart(values(kept, "sender"), values(missed, "sender"), kept.size() + missed.size())) {
            return true;
        }
        Set<String> paths = new HashSet<>();
        kept.forEach(outcome -> paths.addAll(outcome.told().keySet()));
        missed.forEach(outcome -> paths.addAll(outcome.told().keySet()));
        return paths.stream()
                .anyMatch(path -> apart(values(kept, path), values(missed, path), kept.size() + missed.size()));
    }

    private static Map<String, Integer> values(List<Relation.Outcome> some, String path) {
        Map<String, Integer> values = new HashMap<>();
        some.forEach(outcome -> values.merge(
                path.equals("sender")
                        ? outcome.sender()
                        : String.valueOf(outcome.told().get(path)),
                1,
                Integer::sum));
        return values;
    }

    private static boolean apart(Map<String, Integer> kept, Map<String, Integer> missed, int all) {
        boolean few = kept.size() + missed.size() <= Math.max(2, all / 2);
        return few && missed.keySet().stream().noneMatch(kept::containsKey);
    }
}
