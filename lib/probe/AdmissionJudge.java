package siodiag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Hops namespace and auth: tells apart, for each namespace, unknown, silent, refused for the token, refused for
 * something else, and open to everybody. Pure: answers in, findings out.
 *
 * @param given   the answers to a CONNECT with the token under test
 * @param wrong   those with a token that nobody has; empty where not asked
 * @param none    those without an auth object; empty where not asked
 * @param decoy   the answer for a namespace that cannot exist
 * @param root    the answer for the default namespace, {@code /}
 */
record AdmissionJudge(Map<String, Admission> given, Map<String, Admission> wrong, Map<String, Admission> none,
        Admission decoy, Admission root) {

    private List<String> joined() {
        return Admissions.joined(given);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        given.forEach((name, answer) -> findings.addAll(judge(name, answer)));
        return findings;
    }

    private List<Finding> judge(String name, Admission answer) {
        String id = "namespace." + name;
        if (answer instanceof Admission.Refused refused) {
            return isUnknown(refused) ? List.of(unknown(id, name, refused))
                    : List.of(Finding.pass(id, Hop.NAMESPACE, name + " is there (it answers)"), refused(name, refused));
        } else if (answer instanceof Admission.Silent) {
            return List.of(Finding.fail(id, Hop.NAMESPACE, Sign.NAMESPACE_SILENT, name, "no answer to CONNECT " + name,
                    "CONNECT " + alike(name) + ": no answer, neither 40 nor 44; "
                            + "the connection itself is alive; a namespace that can't exist: "
                            + Admission.describe(decoy)));
        } else if (answer instanceof Admission.Joined) {
            Finding connected = Finding.pass(id, Hop.NAMESPACE, name + " connects");
            return wrong.isEmpty() ? List.of(connected) : List.of(connected, enforced(name));
        }
        String[] evidence = {"CONNECT " + name + " with the token: " + Admission.describe(answer),
            "with a wrong token: " + describe(wrong.get(name))};
        return List.of(answer instanceof Admission.Closed closed && closed.closure().isUnopened()
                ? NoSession.finding(id, "no session for CONNECT " + name, closed.closure(), evidence)
                : Finding.fail(id, Hop.SESSION, Sign.CLOSED_IN_USE, "on connecting to " + name,
                        "CONNECT " + name + " ends the connection", evidence));
    }

    private Finding unknown(String id, String name, Admission.Refused refused) {
        return Finding.fail(id, Hop.NAMESPACE, Sign.NAMESPACE_UNKNOWN, name, "the server knows no " + name,
                "CONNECT " + alike(name) + ": " + Admission.describe(refused),
                "CONNECT / is " + Admission.describe(root) + "; namespaces under test that let the token in: "
                        + (joined().isEmpty() ? "none" : String.join(", ", joined())));
    }

    /** The names that got the same answers as this one: what is said of one of them is said of all. */
    private String alike(String name) {
        return given.keySet().stream().filter(other -> answers(other).equals(answers(name)))
                .collect(Collectors.joining(", "));
    }

    private List<String> answers(String name) {
        return List.of(describe(given.get(name)), describe(wrong.get(name)), describe(none.get(name)));
    }

    /** In the words of the dialects, or as the namespace that can't exist while the token is let in elsewhere. */
    private boolean isUnknown(Admission.Refused refused) {
        boolean asDecoy = decoy instanceof Admission.Refused nowhere && nowhere.payload().equals(refused.payload());
        return Refusal.namesUnknownNamespace(refused.payload())
                || asDecoy && !joined().isEmpty() && !Refusal.speaksOfToken(refused.payload());
    }

    private Finding refused(String name, Admission.Refused refused) {
        boolean token = isForTheToken(name, refused.payload());
        List<String> evidence = new ArrayList<>(List.of(
                "CONNECT " + alike(name) + " with the token: " + Admission.describe(refused),
                "with a wrong token: " + describe(wrong.get(name)) + "; without one: " + describe(none.get(name))));
        if (token && refused.payload().equals(payload(none.get(name)))) {
            evidence.add("answered alike with and without the token: the server may look for it elsewhere than in auth.token "
                    + "(another field, the query, a header, a cookie)");
        }
        return Finding.fail("auth.valid-token", Hop.AUTH, token ? Sign.TOKEN_REFUSED : Sign.CONNECT_REFUSED, name,
                name + " refuses the CONNECT: " + Text.quote(Refusal.words(refused.payload()), 120))
                .withEvidence(evidence);
    }

    private boolean isForTheToken(String name, String payload) {
        String toWrong = payload(wrong.get(name));
        String toNone = payload(none.get(name));
        if (Refusal.speaksOfToken(payload)) {
            return true;
        }
        if (Refusal.speaksOfSomethingElse(payload)) {
            return false;
        }
        boolean readsToken = !Objects.equals(toWrong, toNone) && toWrong != null;
        if (readsToken && payload.equals(toWrong)) {
            return true;
        }
        return Refusal.saysNothing(payload) && payload.equals(toWrong) && joined().isEmpty();
    }

    private Finding enforced(String name) {
        List<String> open = new ArrayList<>();
        if (wrong.get(name) instanceof Admission.Joined) {
            open.add("CONNECT " + alike(name) + " with a wrong token: let in");
        }
        if (none.get(name) instanceof Admission.Joined) {
            open.add("CONNECT " + alike(name) + " without a token: let in");
        }
        String id = "auth.enforced." + name;
        return open.isEmpty() ? Finding.pass(id, Hop.AUTH, name + " refuses a wrong token and none")
                : Finding.warn(id, Hop.AUTH, Sign.LET_IN_UNASKED, name, name + " lets in clients without the right token")
                        .withEvidence(open);
    }

    private static String payload(Admission answer) {
        return answer instanceof Admission.Refused refused ? refused.payload() : null;
    }

    private static String describe(Admission answer) {
        return answer == null ? "not asked" : Admission.describe(answer);
    }
}
