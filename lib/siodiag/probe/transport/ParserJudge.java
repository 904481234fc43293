package siodiag.probe.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import siodiag.catalogue.Hop;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Parser;

/**
 * Hop namespace: which parser packs the server's packets, where a CONNECT in the expected one gets no answer. Pure:
 * answers in, a parser or a finding out. Another parser is named where it answers. One that is not known is told only
 * where the server ends each session at its first packet, as engine.io does with packets that its parser can't read, and
 * leaves the session open in which nothing is sent.
 *
 * @param expected the parser that was spoken
 * @param stated   whether the user named it
 * @param asked    the answer to a CONNECT to {@code /} in it
 * @param others   the answers to a CONNECT to a namespace that can't exist, by the other parsers
 * @param json     the same in packets that are JSON objects; null where not asked
 * @param stays    whether a session in which nothing is sent stays open
 */
record ParserJudge(
        Parser expected,
        boolean stated,
        ConnectResult asked,
        Map<Parser, ConnectResult> others,
        ConnectResult json,
        boolean stays) {
    private static final String ID = "namespace.parser";
    /** A WebSocket that engine.io closes by itself has no close code, a polling session gets a close packet. */
    private static final Pattern BY_ENGINE = Pattern.compile("\\(1005\\)|close code 1000\\b|Engine\\.IO close packet");

    /** The other parser that the server answers in. */
    Optional<Parser> spoken() {
        return isAnswer(asked)
                ? Optional.empty()
                : others.keySet().stream()
                        .filter(parser -> isAnswer(others.get(parser)))
                        .findFirst();
    }

    Optional<Finding> finding() {
        if (isAnswer(asked)) {
            return Optional.empty();
        }
        return spoken().map(this::differs)
                .or(() -> isAnswer(json) || endsAtAnyPacket() ? Optional.of(unknown()) : Optional.empty());
    }

    /** Whether the server took the packet for one: it answered, whatever it said. */
    static boolean isAnswer(ConnectResult answer) {
        return answer instanceof ConnectResult.Connected
                || answer instanceof ConnectResult.ConnectError
                || answer instanceof ConnectResult.Disconnected;
    }

    private Finding differs(Parser parser) {
        String detail = "the server uses " + parser.title() + ", and so does the rest of this run";
        return stated
                ? Finding.fail(ID, Hop.NAMESPACE, Symptom.PARSER_DIFFERS, parser.title(), detail)
                        .withEvidence(evidence())
                : Finding.warn(ID, Hop.NAMESPACE, Symptom.PARSER_DIFFERS, parser.title(), detail)
                        .withEvidence(evidence());
    }

    private Finding unknown() {
        return Finding.fail(
                        ID,
                        Hop.NAMESPACE,
                        Symptom.PARSER_DIFFERS,
                        isAnswer(json) ? "a custom parser (JSON objects)" : "a custom parser",
                        "the server uses an unknown parser")
                .withEvidence(evidence());
    }

    private boolean endsAtAnyPacket() {
        return stays
                && json != null
                && isEndedByEngine(asked)
                && isEndedByEngine(json)
                && others.values().stream().allMatch(ParserJudge::isEndedByEngine);
    }

    private static boolean isEndedByEngine(ConnectResult answer) {
        return answer instanceof ConnectResult.SessionClosed closed
                && closed.closure().byServer()
                && BY_ENGINE.matcher(closed.closure().how()).find();
    }

    private List<String> evidence() {
        List<String> evidence = new ArrayList<>();
        evidence.add("CONNECT / in " + expected.title() + ": " + ConnectResult.describe(asked));
        others.forEach((parser, answer) -> evidence.add("CONNECT to a namespace that can't exist, in " + parser.title()
                + ": " + ConnectResult.describe(answer)));
        if (json != null) {
            evidence.add("the same as a JSON object ({\"type\":0,…}): " + ConnectResult.describe(json));
            evidence.add("a session in which nothing is sent " + (stays ? "stays open" : "ends as well"));
        }
        return evidence;
    }
}
