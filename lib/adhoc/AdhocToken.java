package siodiag;

import java.util.LinkedHashMap;
import java.util.Map;

/** By namespace, what a CONNECT with the token and one with a token that nobody has come to. */
public record AdhocToken(Map<String, Answers> answers, String masked) {

    record Answers(Admission right, Admission wrong) {
        boolean isLetIn() {
            return right instanceof Admission.Joined;
        }

        boolean isOpen() {
            return wrong instanceof Admission.Joined;
        }
    }

    static AdhocToken of(Map<String, Admission> right, Map<String, Admission> wrong, String token) {
        Map<String, Answers> answers = new LinkedHashMap<>();
        right.forEach((name, answer) -> answers.put(name, new Answers(answer, wrong.get(name))));
        return new AdhocToken(answers, Secrets.mask(token));
    }

    /** Broken where it is refused, degraded where a wrong one does as well. */
    Verdict verdict() {
        return answers.values().stream().anyMatch(one -> !one.isLetIn()) ? Verdict.BROKEN
                : answers.values().stream().anyMatch(Answers::isOpen) ? Verdict.DEGRADED : Verdict.HEALTHY;
    }

    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder("token " + masked + " in " + Text.count(answers.size(), "namespace"));
        int width = answers.keySet().stream().mapToInt(String::length).max().orElse(0);
        answers.forEach((name, one) -> lines.append("\n  ").append(name).append(" ".repeat(width - name.length() + 2))
                .append(describe(one)));
        return lines.toString();
    }

    private static String describe(Answers one) {
        if (!one.isLetIn()) {
            return Text.cut(Admission.describe(one.right()), 200);
        }
        return one.isOpen() ? "let in, and so is a wrong token: it says nothing here" : "works; a wrong one is refused";
    }
}
