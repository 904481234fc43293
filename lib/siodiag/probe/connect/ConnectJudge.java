package siodiag.probe.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import siodiag.catalogue.Advice;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Refusal;
import siodiag.target.Target;

/**
 * Hops namespace and auth: tells apart, for each namespace, unknown, silent, refused for the credentials, refused for
 * something else, and open to everybody. Pure: answers in, findings out.
 *
 * @param remarks what the credentials tell of themselves
 * @param given the answers to a CONNECT with the credentials under test
 * @param wrong those with credentials that nobody has; empty where not asked
 * @param none  those without; empty where not asked
 * @param decoy the answer for a namespace that cannot exist
 * @param root  the answer for the default namespace, {@code /}
 */
public record ConnectJudge(
        Target target,
        List<String> remarks,
        Map<String, ConnectResult> given,
        Map<String, ConnectResult> wrong,
        Map<String, ConnectResult> none,
        ConnectResult decoy,
        ConnectResult root) {
    private List<String> joined() {
        return ConnectAttempts.joined(given);
    }

    public List<Finding> findings() {
        if (!target.auth().isEmpty() && !joinedWithoutAuth(given, none).isEmpty()) {
            return unanswered();
        }
        List<Finding> findings = new ArrayList<>();
        given.forEach((name, answer) -> findings.addAll(judge(name, answer)));
        findings.addAll(open());
        return findings;
    }

    /** The namespaces under test that are connected without credentials where none answers a CONNECT with them. */
    static List<String> joinedWithoutAuth(Map<String, ConnectResult> given, Map<String, ConnectResult> none) {
        return !ConnectAttempts.isSilent(given)
                ? List.of()
                : ConnectAttempts.joined(none).stream()
                        .filter(given::containsKey)
                        .toList();
    }

    /** python-socketio: a connect handler of two parameters raises on a third, and its client is never answered. */
    private List<Finding> unanswered() {
        List<Finding> findings = new ArrayList<>();
        joinedWithoutAuth(given, none)
                .forEach(name -> findings.add(
                        Finding.pass("namespace." + name, Hop.NAMESPACE, name + " connects without an auth object")));
        String seen = "CONNECT " + String.join(", ", given.keySet()) + " with an auth object: no answer within "
                + Text.duration(target.timeout()) + "; without one: connected";
        Finding finding = Finding.fail(
                "auth.payload",
                Hop.AUTH,
                Symptom.AUTH_UNANSWERED,
                String.join(", ", given.keySet()),
                "a CONNECT with an auth object is never answered, one without is",
                seen);
        findings.add(target.credentials().isStated() ? finding : finding.asInfo());
        return findings;
    }

    private List<Finding> judge(String name, ConnectResult answer) {
        String id = "namespace." + name;
        if (answer.isLate() && EventAuthentication.isStatedIn(target.flow())) {
            return List.of(
                    Finding.pass(id, Hop.NAMESPACE, name + " connects"),
                    Finding.info(
                            "auth.strangers." + name,
                            Hop.AUTH,
                            name + " disconnects clients that skip the flow's setup",
                            ConnectResult.describe(answer)));
        } else if (answer instanceof ConnectResult.ConnectError refused) {
            return isUnknown(refused)
                    ? List.of(unknown(id, name, refused))
                    : List.of(Finding.pass(id, Hop.NAMESPACE, name + " exists (it responds)"), refused(name, refused));
        } else if (answer instanceof ConnectResult.TimedOut) {
            return List.of(Finding.fail(
                    id,
                    Hop.NAMESPACE,
                    Symptom.NAMESPACE_SILENT,
                    name,
                    "no answer to CONNECT " + name,
                    "CONNECT " + alike(name) + ": no answer, neither 40 nor 44; "
                            + "the connection itself is alive; a namespace that can't exist: "
                            + ConnectResult.describe(decoy)));
        } else if (answer instanceof ConnectResult.Connected) {
            Finding connected = Finding.pass(id, Hop.NAMESPACE, name + " connects");
            return wrong.isEmpty() ? List.of(connected) : List.of(connected, enforced(name));
        }
        String[] evidence = {
            "CONNECT " + name + shown() + ": " + ConnectResult.describe(answer),
            "with wrong credentials: " + describe(wrong.get(name))
        };
        return List.of(
                answer instanceof ConnectResult.SessionClosed closed
                                && closed.closure().isUnopened()
                        ? NoSession.finding(id, "no session for CONNECT " + name, closed.closure(), evidence)
                        : Finding.fail(
                                id,
                                Hop.SESSION,
                                Symptom.CLOSED_IN_USE,
                                "on connecting to " + name,
                                "CONNECT " + name + " ends the connection",
                                evidence));
    }

    /** A namespace that nobody promised may be missing. */
    private Finding unknown(String id, String name, ConnectResult.ConnectError refused) {
        Finding finding = Finding.fail(
                id,
                Hop.NAMESPACE,
                Symptom.NAMESPACE_UNKNOWN,
                name,
                "the server has no namespace " + name,
                "CONNECT " + alike(name) + ": " + ConnectResult.describe(refused),
                "CONNECT / is " + ConnectResult.describe(root) + "; namespaces under test that connect: "
                        + (joined().isEmpty() ? "none" : String.join(", ", joined())));
        return target.expectations().arePromised()
                ? finding
                : Finding.info(
                        id,
                        Hop.NAMESPACE,
                        "the server has no namespace " + name
                                + "; list the application's namespaces with --namespaces");
    }

    /** The names that got the same answers as this one: what is told of one of them is told of all. */
    private String alike(String name) {
        return given.keySet().stream()
                .filter(other -> answers(other).equals(answers(name)))
                .collect(Collectors.joining(", "));
    }

    private List<String> answers(String name) {
        return List.of(describe(given.get(name)), describe(wrong.get(name)), describe(none.get(name)));
    }

    /** In the words of the dialects, or as the namespace that can't exist while others are connected. */
    private boolean isUnknown(ConnectResult.ConnectError refused) {
        boolean asDecoy = decoy instanceof ConnectResult.ConnectError nowhere
                && nowhere.payload().equals(refused.payload());
        return Refusal.namesUnknownNamespace(refused.payload())
                || asDecoy && !joined().isEmpty() && !Refusal.speaksOfToken(refused.payload());
    }

    private Finding refused(String name, ConnectResult.ConnectError refused) {
        boolean token = isForTheToken(name, refused.payload());
        List<String> evidence =
                new ArrayList<>(List.of("CONNECT " + alike(name) + shown() + ": " + ConnectResult.describe(refused)));
        if (!wrong.isEmpty()) {
            evidence.add("with wrong credentials: " + describe(wrong.get(name)) + "; without any: "
                    + describe(none.get(name)));
        }
        evidence.addAll(remarks);
        if (token && refused.payload().equals(payload(none.get(name)))) {
            evidence.add(
                    "same response with and without them: the server may read credentials from elsewhere, not from "
                            + target.credentials().places() + " (another field, the query, a header, a cookie)");
        }
        Finding finding = Finding.fail(
                        "auth.valid-token",
                        Hop.AUTH,
                        token ? Symptom.TOKEN_REFUSED : Symptom.CONNECT_REFUSED,
                        name,
                        name + " rejects the CONNECT: " + Text.quote(Refusal.message(refused.payload()), 120))
                .withEvidence(evidence);
        return target.credentials().isStated() ? finding : finding.withAdvice(Advice.STATE_CREDENTIALS);
    }

    private boolean isForTheToken(String name, String payload) {
        String toWrong = payload(wrong.get(name));
        String toNone = payload(none.get(name));
        if (Refusal.speaksOfToken(payload)) {
            return true;
        }
        boolean readsToken = !Objects.equals(toWrong, toNone) && toWrong != null;
        return !Refusal.speaksOfSomethingElse(payload) && readsToken && payload.equals(toWrong);
    }

    private Finding enforced(String name) {
        List<String> open = new ArrayList<>();
        if (wrong.get(name) instanceof ConnectResult.Connected) {
            open.add("CONNECT " + alike(name) + " with wrong credentials: connected");
        }
        if (none.get(name) instanceof ConnectResult.Connected) {
            open.add("CONNECT " + alike(name) + " without credentials: connected");
        }
        String id = "auth.enforced." + name;
        if (open.isEmpty()) {
            return Finding.pass(id, Hop.AUTH, name + " rejects wrong and missing credentials");
        }
        Finding finding = Finding.warn(
                        id,
                        Hop.AUTH,
                        Symptom.AUTH_BYPASSED,
                        name,
                        name + " accepts clients without the right credentials")
                .withEvidence(open);
        return target.expectations().authentication() == null ? finding.asInfo() : finding;
    }

    /** What nobody asked to be closed is information, unless the server asks for a token in one namespace and not in another. */
    private List<Finding> open() {
        List<Finding> findings = new ArrayList<>();
        if (none.get("/") instanceof ConnectResult.Connected && !given.containsKey("/")) {
            findings.add(
                    Finding.info("auth.default-namespace", Hop.AUTH, "/ accepts every client; it is not under test"));
        }
        if (!target.credentials().isEmpty() || joined().isEmpty()) {
            return findings;
        }
        List<String> closed = given.keySet().stream()
                .filter(name -> Refusal.speaksOfToken(payloadOr(name)))
                .toList();
        if (closed.isEmpty()) {
            findings.add(Finding.info(
                    "auth.open", Hop.AUTH, "clients without credentials are connected; no expectation says otherwise"));
        } else {
            joined().forEach(name -> findings.add(Finding.warn(
                    "auth.enforced." + name,
                    Hop.AUTH,
                    Symptom.AUTH_BYPASSED,
                    name,
                    name + " accepts clients without credentials",
                    "CONNECT " + name + " without credentials: connected; " + String.join(", ", closed)
                            + " requires them")));
        }
        return findings;
    }

    private String shown() {
        return target.credentials().isEmpty()
                ? " without credentials"
                : " with the credentials (" + target.credentials().places() + ")";
    }

    private String payloadOr(String name) {
        String payload = payload(given.get(name));
        return payload == null ? "" : payload;
    }

    private static String payload(ConnectResult answer) {
        return answer instanceof ConnectResult.ConnectError refused ? refused.payload() : null;
    }

    private static String describe(ConnectResult answer) {
        return answer == null ? "not tried" : ConnectResult.describe(answer);
    }
}
