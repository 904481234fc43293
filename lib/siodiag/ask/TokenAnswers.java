package siodiag.ask;

import java.util.LinkedHashMap;
import java.util.Map;
import siodiag.core.Redactor;
import siodiag.core.Text;
import siodiag.diagnosis.Verdict;
import siodiag.protocol.ConnectResult;

/** By namespace, what a CONNECT with the token and one with a token that nobody has come to. */
public record TokenAnswers(Map<String, Answers> answers, String masked) {

    record Answers(ConnectResult right, ConnectResult wrong) {
        boolean isAccepted() {
            return right instanceof ConnectResult.Connected;
        }

        boolean isOpen() {
            return wrong instanceof ConnectResult.Connected;
        }
    }

    static TokenAnswers of(Map<String, ConnectResult> right, Map<String, ConnectResult> wrong, String token) {
        Map<String, Answers> answers = new LinkedHashMap<>();
        right.forEach((name, answer) -> answers.put(name, new Answers(answer, wrong.get(name))));
        return new TokenAnswers(answers, Redactor.mask(token));
    }

    /** Broken where it is refused, degraded where a wrong one does as well. */
    Verdict verdict() {
        return answers.values().stream().anyMatch(one -> !one.isAccepted())
                ? Verdict.BROKEN
                : answers.values().stream().anyMatch(Answers::isOpen) ? Verdict.DEGRADED : Verdict.HEALTHY;
    }

    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder("token " + masked + " in " + Text.count(answers.size(), "namespace"));
        int width = answers.keySet().stream().mapToInt(String::length).max().orElse(0);
        answers.forEach((name, one) -> lines.append("\n  ")
                .append(name)
                .append(" ".repeat(width - name.length() + 2))
                .append(describe(one)));
        return lines.toString();
    }

    private static String describe(Answers one) {
        if (!one.isAccepted()) {
            return Text.cut(ConnectResult.describe(one.right()), 200);
        }
        return one.isOpen()
                ? "accepted, but so is a wrong token: authentication is not enforced"
                : "accepted; a wrong one is refused";
    }
}
