package siodiag.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import siodiag.core.PortOwner;
import siodiag.core.Text;
import siodiag.diagnosis.Verdict;
import siodiag.protocol.Transports;
import siodiag.target.Target;

/** The answers to the questions, each for people and for programs. */
final class Answers {
    private Answers() {}

    static Answer up(Target target, Transports way, double millis) {
        Answer answer = Answer.of(
                Verdict.HEALTHY,
                String.format(
                        Locale.ROOT,
                        "up: %s speaks Engine.IO 4 (%s) over %s, %.0f ms",
                        target.url(),
                        way.engine().family().title(),
                        String.join(" and ", way.names()),
                        millis));
        answer.details().put("server", way.engine().family().title()).put("ms", millis);
        way.names().forEach(answer.details().putArray("transports")::add);
        return answer;
    }

    /** Yes where one of those under test is open. */
    static Answer of(NamespaceAnswers namespaces, Target target) {
        boolean open = namespaces.open().stream().anyMatch(target.namespaces()::contains);
        Answer answer = Answer.of(open ? Verdict.HEALTHY : Verdict.BROKEN, namespaces.text());
        namespaces.answers().forEach(answer.details()::put);
        return answer;
    }

    static Answer of(TokenAnswers token) {
        Answer answer = Answer.of(token.verdict(), token.toString());
        token.answers().forEach((namespace, one) -> answer.details()
                .putObject(namespace)
                .put("accepted", one.isAccepted())
                .put("wrongTokenAccepted", one.isOpen()));
        return answer;
    }

    /** @param millis of each acknowledgement, in any order; at least one */
    static Answer acknowledged(String event, String namespace, List<Double> millis) {
        Collections.sort(millis);
        double median = millis.get(millis.size() / 2);
        double longest = millis.get(millis.size() - 1);
        Answer answer = Answer.of(
                Verdict.HEALTHY,
                String.format(
                        Locale.ROOT,
                        "%s to %s: %s, median %.1f ms, longest %.1f ms",
                        Text.quote(event, 80),
                        Text.cut(namespace, 80),
                        Text.count(millis.size(), "acknowledgement"),
                        median,
                        longest));
        answer.details()
                .put("acknowledgements", millis.size())
                .put("medianMs", median)
                .put("maxMs", longest);
        return answer;
    }

    /** @param text for people @param log the events that are listed one by one */
    static Answer watched(WatchResult seen, String text, EventLog log) {
        Answer answer = Answer.of(seen.verdict(), text);
        ObjectNode details = answer.details().put("seconds", seen.seconds());
        for (EventCounts.Row row : seen.counts().rows()) {
            details.withArray("counts")
                    .addObject()
                    .put("namespace", row.namespace())
                    .put("event", row.name())
                    .put("count", row.count())
                    .put("perSecond", row.count() / Math.max(seen.seconds(), 0.001))
                    .put("characters", row.characters());
        }
        details.withArray("counts");
        for (WatchResult.Outage outage : seen.outages()) {
            details.withArray("outages")
                    .addObject()
                    .put("namespace", outage.namespace())
                    .put("how", outage.how())
                    .put("ms", outage.time().toMillis())
                    .put("over", outage.over());
        }
        details.withArray("outages");
        log.writeTo(details.withArray("events"));
        return answer;
    }

    static Answer owner(int port, Optional<PortOwner> owner) {
        Answer answer =
                Answer.of(owner.isPresent() ? Verdict.HEALTHY : Verdict.BROKEN, PortOwner.describe(port, owner));
        owner.ifPresent(found -> answer.details().put("pid", found.pid()).put("process", found.toString()));
        return answer;
    }
}
