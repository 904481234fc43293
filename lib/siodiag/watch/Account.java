package siodiag.watch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import siodiag.diagnosis.Verdict;
import siodiag.finding.Status;
import siodiag.kept.LongLook;

/** The account of the whole time of a target, for people and as JSON. */
final class Account {
    private static final int MAX_SHOWN = 5;

    private final TargetWatch target;
    private final History history;
    private final Instant now;

    Account(TargetWatch target, Instant now) {
        this.target = target;
        this.history = target.history();
        this.now = now;
    }

    private Duration watched() {
        return Duration.between(history.start(), now);
    }

    /** With the one that is under way. */
    private List<Outage> outages() {
        List<Outage> all = new ArrayList<>(history.outages());
        target.availability().running(now).ifPresent(all::add);
        return all;
    }

    private Duration down() {
        return target.availability().down(now);
    }

    private long outageCount() {
        return target.availability().outageCount(now);
    }

    private double share() {
        double all = Math.max(1, watched().toMillis());
        return Math.max(0, 1 - down().toMillis() / all);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        State state = target.state();
        lines.add(target.url() + "  " + (state == null ? "not examined yet" : state.describe()) + " (watched for "
                + Spans.text(watched()) + ", " + history.examinations() + " examinations, " + history.changes()
                + (history.changes() == 1 ? " change)" : " changes)"));
        lines.add(String.format(
                Locale.ROOT,
                "  up for %s (%.3f %%), down for %s in %d %s%s",
                Spans.text(watched().minus(down())),
                100 * share(),
                Spans.text(down()),
                outageCount(),
                outageCount() == 1 ? "outage" : "outages",
                longest()));
        outages().stream()
                .limit(MAX_SHOWN)
                .forEach(outage -> lines.add("    " + ChangeText.clock(outage.since()) + "  "
                        + Spans.text(outage.length()) + "  " + outage.how()));
        if (outageCount() > MAX_SHOWN) {
            lines.add("    and " + (outageCount() - MAX_SHOWN) + " more; --json has them");
        }
        lines.add("  connecting  " + history.connect().describe());
        if (history.answer().count() > 0) {
            lines.add("  answers     " + history.answer().describe());
        }
        target.kept().ifPresent(kept -> kept(lines, kept));
        target.findings().stream()
                .filter(finding ->
                        finding.status() == Status.INFO && finding.id().startsWith("session.idle"))
                .forEach(finding -> lines.add("  note        " + finding.detail()));
        return lines;
    }

    private String longest() {
        return target.availability()
                .longest(now)
                .map(outage -> ", the longest " + Spans.text(outage.length()))
                .orElse("");
    }

    private static void kept(List<String> lines, LongLook.Snapshot kept) {
        lines.add("  pings       " + kept.pings().describe());
        kept.connections()
                .forEach(one -> lines.add(String.format(
                        Locale.ROOT,
                        "  kept        %s %s: %s, ended %s before",
                        one.use(),
                        one.transport(),
                        one.ageMs() > 0
                                ? "open for " + Spans.text(Duration.ofMillis((long) one.ageMs()))
                                : "not open now",
                        one.ends() == 1 ? "once" : one.ends() + " times")));
    }

    ObjectNode json(ObjectNode node) {
        node.put("watchedMs", watched().toMillis())
                .put("availability", Math.round(share() * 1e6) / 1e6)
                .put("downMs", down().toMillis())
                .put("changes", history.changes())
                .put("worst", history.worst().label());
        ObjectNode examinations = node.putObject("examinations");
        for (Verdict verdict : Verdict.values()) {
            examinations.put(verdict.label(), history.examinations(verdict));
        }
        ArrayNode outages = node.putArray("outages");
        outages().forEach(outage -> outages.addObject()
                .put("since", outage.since().toString())
                .put("lastedMs", outage.length().toMillis())
                .put("how", outage.how()));
        percentiles(node.putObject("connectMs"), history.connect());
        percentiles(node.putObject("answerMs"), history.answer());
        target.kept().ifPresent(kept -> {
            node.putObject("pings")
                    .put("announcedMs", kept.pings().announcedMs())
                    .put("count", kept.pings().count())
                    .put("meanMs", Math.round(kept.pings().meanMs()))
                    .put("late", kept.pings().late());
            kept.connections().forEach(one -> node.withArray("kept")
                    .addObject()
                    .put("transport", one.transport())
                    .put("use", one.use())
                    .put("ageMs", Math.round(one.ageMs()))
                    .put("ended", one.ends()));
        });
        return node;
    }

    /** Of each hop, how long it takes: by these results are compared. */
    ObjectNode timings(ObjectNode node) {
        history.hops().forEach((hop, values) -> percentiles(node.putObject(hop), values));
        return node;
    }

    private static void percentiles(ObjectNode node, Percentiles values) {
        node.put("count", values.count())
                .put("p10", values.at(10))
                .put("p50", values.at(50))
                .put("p90", values.at(90))
                .put("p99", values.at(99))
                .put("max", values.max());
    }
}
