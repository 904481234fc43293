package siodiag.passive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import siodiag.core.Json;
import siodiag.core.Redactor;

/** Writes down what an application was seen to do with events, as a flow file. */
final class FlowLearner {
    private static final int MAX_FLOWS = 5;
    private static final int MAX_NOTES = 12;
    private static final int OBSERVERS = 2;

    private final Relations relations;
    private final DeliveryJudge deliveries;
    private final AckJudge acknowledgements;
    private final Setups setups;
    private final Redactor secrets;
    private final Set<String> notes = new LinkedHashSet<>();

    FlowLearner(
            Relations relations, DeliveryJudge deliveries, AckJudge acknowledgements, Setups setups, Redactor secrets) {
        this.relations = relations;
        this.deliveries = deliveries;
        this.acknowledgements = acknowledgements;
        this.setups = setups;
        this.secrets = secrets;
    }

    LearnedFlow learn() {
        List<ObjectNode> flows = new ArrayList<>();
        relayed().stream().limit(MAX_FLOWS).forEach(relation -> flows.add(flow(relation)));
        if (flows.isEmpty()) {
            acknowledgements.names().entrySet().stream()
                    .filter(entry -> entry.getValue().given > 0)
                    .max(Comparator.comparingLong(entry -> entry.getValue().given))
                    .ifPresent(entry -> flows.add(acknowledged(entry.getKey())));
        }
        unknown();
        List<String> told = notes.stream().limit(MAX_NOTES).toList();
        flows.forEach(flow -> {
            ArrayNode comment = flow.putArray("comment");
            comment.add("Learned by tap from real clients; read it before it is used.");
            told.forEach(comment::add);
        });
        return new LearnedFlow(flows, told);
    }

    /** The relations that reach others, the most used first; of one event only the one that reaches most. */
    private List<Relation> relayed() {
        Set<Emit.Name> taken = new HashSet<>();
        return relations.all().stream()
                .filter(relation -> relation.isConfirmed() && relation.toOthers)
                .sorted(Comparator.comparingLong(relation -> -total(relation)))
                .filter(relation -> taken.add(relation.sent))
                .toList();
    }

    private long total(Relation relation) {
        return deliveries.receivers(relation).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private ObjectNode flow(Relation relation) {
        Pair pair = pair(relation);
        Samples sample = new Samples(secrets, notes);
        ObjectNode flow = begin(relation.sent.event());
        ObjectNode send = flow.putArray("send").addObject();
        if (relation.posted) {
            send.put("via", "http").put("path", relations.sent().get(relation.sent).path);
            send.set("data", sample.of(pair.args, relation.paths()).path(0));
        } else {
            send.put("namespace", relation.sent.namespace()).put("event", relation.sent.event());
            JsonNode args = sample.of(pair.args, relation.paths());
            if (args.size() == 1 && args.get(0).isObject()) {
                send.set("data", args.get(0));
            } else {
                send.set("args", args);
            }
        }
        flow.putObject("receive")
                .put("namespace", relation.received.namespace())
                .put("event", relation.received.event());
        setup(flow, relation, pair, sample);
        namespaces(flow, relation.sent.namespace(), relation.received.namespace());
        long most = relation.outcomes.stream()
                .mapToLong(outcome -> outcome.receivers().size())
                .max()
                .orElse(1);
        if (most < OBSERVERS) {
            flow.put("observers", 1);
        }
        return flow;
    }

    private ObjectNode acknowledged(Emit.Name name) {
        Samples sample = new Samples(secrets, notes);
        Relations.Sent sent = relations.sent().get(name);
        Emit last = sent.samples.peekLast();
        ObjectNode flow = begin(name.event());
        ObjectNode send = flow.putArray("send").addObject();
        send.put("namespace", name.namespace()).put("event", name.event());
        send.set("args", sample.of(last.args, Set.of()));
        flow.putObject("receive").put("ack", true);
        List<Setups.Step> before = before(last.sender, last.at, name);
        if (!before.isEmpty()) {
            steps(flow.putObject("setup").putArray("sender"), before, sample, Set.of(), List.of(before));
        }
        namespaces(flow, name.namespace());
        return flow;
    }

    private static ObjectNode begin(String event) {
        return Json.MAPPER.createObjectNode().put("name", "learned: " + event);
    }

    private void namespaces(ObjectNode flow, String... own) {
        Set<String> all = new LinkedHashSet<>(List.of(own));
        all.addAll(setups.namespaces());
        ArrayNode names = flow.putArray("namespaces");
        all.stream().limit(8).forEach(names::add);
    }

    /** A sender with a receiver of its events, and arguments that it sent. */
    private record Pair(String sender, String receiver, String args) {}

    private Pair pair(Relation relation) {
        Map<String, Long> counts = relation.outcomes.stream()
                .flatMap(outcome -> outcome.receivers().stream().map(receiver -> outcome.sender() + " " + receiver))
                .collect(Collectors.groupingBy(pair -> pair, Collectors.counting()));
        String[] most = counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(entry -> entry.getKey().split(" "))
                .orElseGet(() -> new String[] {"", ""});
        String args = relations.sent().get(relation.sent).samples.stream()
                .filter(emit -> emit.sender.equals(most[0]))
                .reduce((one, other) -> other)
                .map(emit -> emit.args)
                .orElse(relation.sample);
        return new Pair(most[0], most[1], args);
    }

    private void setup(ObjectNode flow, Relation relation, Pair pair, Samples sample) {
        List<Setups.Step> sender = relation.posted ? List.of() : before(pair.sender, Long.MAX_VALUE, relation.sent);
        List<Setups.Step> dashboard = before(pair.receiver, firstReceived(relation, pair.receiver), relation.sent);
        if (sender.isEmpty() && dashboard.isEmpty()) {
            return;
        }
        Set<String> fixed = new HashSet<>();
        Scalars.read(pair.args).forEach(scalar -> fixed.add(scalar.text()));
        values(sender).stream().filter(values(dashboard)::contains).forEach(fixed::add);
        ObjectNode setup = flow.putObject("setup");
        Set<String> clients = deliveries.receivers(relation).keySet();
        List<List<Setups.Step>> all = new ArrayList<>();
        all.add(sender);
        clients.forEach(client -> all.add(setups.of(client)));
        if (!sender.isEmpty()) {
            steps(setup.putArray("sender"), sender, sample, fixed, all);
        }
        if (!dashboard.isEmpty()) {
            steps(setup.putArray("dashboard"), dashboard, sample, fixed, all);
        }
    }

    private static Set<String> values(List<Setups.Step> steps) {
        Set<String> values = new HashSet<>();
        steps.forEach(step -> Scalars.read(step.args).forEach(scalar -> values.add(scalar.text())));
        return values;
    }

    private static long firstReceived(Relation relation, String receiver) {
        return relation.outcomes.stream()
                .filter(outcome -> outcome.receivers().contains(receiver))
                .mapToLong(outcome -> outcome.at() + outcome.latencies().getOrDefault(receiver, 0L))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** What a client emitted before its first such event, and before so long; each event once, the last of its kind. */
    private List<Setups.Step> before(String client, long until, Emit.Name event) {
        List<Setups.Step> steps = new ArrayList<>();
        for (Setups.Step step : setups.of(client)) {
            if (step.name.equals(event) || step.at > until) {
                break;
            }
            steps.removeIf(same -> same.name.equals(step.name) && same.args.equals(step.args));
            steps.add(step);
        }
        return steps;
    }

    private static void steps(
            ArrayNode into,
            List<Setups.Step> steps,
            Samples sample,
            Set<String> fixed,
            List<List<Setups.Step>> others) {
        for (Setups.Step step : steps) {
            ObjectNode node = into.addObject();
            node.put("namespace", step.name.namespace()).put("event", step.name.event());
            node.set("args", sample.of(step, fixed, others));
            node.put("wait", waitFor(step, others));
        }
    }

    /** The acknowledgement that was asked for, or the event that comes first behind it, at every client that did the same. */
    private static String waitFor(Setups.Step step, List<List<Setups.Step>> others) {
        if (step.acknowledged) {
            return "ack";
        }
        Set<String> first = others.stream()
                .flatMap(List::stream)
                .filter(same -> same.name.equals(step.name))
                .map(same ->
                        same.replies.isEmpty() ? "" : same.replies.iterator().next())
                .collect(Collectors.toSet());
        String reply = step.replies.isEmpty() ? "" : step.replies.iterator().next();
        return step.ack < 0 && !reply.isEmpty() && first.equals(Set.of(reply)) ? reply : null;
    }

    /** What remains to be done by hand. */
    private void unknown() {
        if (!setups.credentials().isEmpty()) {
            notes.add("Clients authenticate with " + String.join(", ", setups.credentials())
                    + ": state them with --auth, --token, --header or --query; they are not in this file.");
        }
        relations.sent().forEach((name, sent) -> {
            List<Relation> led = relations.all().stream()
                    .filter(relation -> relation.sent.equals(name))
                    .toList();
            if (led.isEmpty()) {
                notes.add(name + ": nobody was seen to receive anything of it.");
            } else if (led.stream().noneMatch(Relation::isConfirmed)) {
                notes.add(name + ": seen too seldom, or always with the same content, to tell who receives it.");
            } else if (led.stream().noneMatch(relation -> relation.toOthers)) {
                notes.add(name + ": only its sender received anything of it"
                        + (sent.senders.size() < 2 ? "; was another client connected?" : "."));
            }
        });
    }
}
