package siodiag.probe.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.target.Flow;

/**
 * Hop auth: whether the application connects everybody, and serves or keeps only those that authenticate by an event.
 * Pure: what was observed in, a finding out. Where nobody promised that a client stays or is served, that strangers are
 * disconnected is information.
 *
 * @param flow     what becomes of an event, as it was stated or recognised; null: nobody promised anything
 * @param stated   whether credentials were stated
 * @param unserved whether events of the flow were sent, and nothing came of any
 * @param refused  whether the credentials were seen to be refused: then that is why clients are disconnected
 * @param farewell how a client that did nothing was disconnected; null where it was left
 * @param answer   what the server said to an event by which clients often authenticate; null where it said nothing, or
 *                 was not asked
 */
public record EventAuthentication(
        Flow flow,
        boolean stated,
        boolean unserved,
        boolean refused,
        LastDisconnect lastDisconnect,
        LoginTrial.Answer answer) {
    public static final String STAYS = "session.stays";
    private static final String ID = "auth.by-event";
    private static final Pattern OF_AUTHENTICATION = Pattern.compile(
            "auth|log(ged)?[ _-]?in|sign(ed)?[ _-]?in|credential|token|identif", Pattern.CASE_INSENSITIVE);

    /** Whether it is worth asking the server for its event: something was promised, nothing served, and no event stated. */
    public static boolean isSuspected(Flow flow, boolean unserved) {
        return flow != null && unserved && !isStatedIn(flow);
    }

    /** Whether the steps before a flow may authenticate its clients: then those that take none are strangers. */
    static boolean isStatedIn(Flow flow) {
        return flow != null
                && !(flow.setup().sender().isEmpty() && flow.setup().dashboard().isEmpty());
    }

    public Optional<Finding> finding() {
        if (isProof()) {
            return Optional.of(Finding.fail(
                            ID,
                            Hop.AUTH,
                            Symptom.LOGIN_REQUIRED,
                            answer.namespace() + " (event " + Flow.quoted(answer.event()) + ")",
                            "clients are served once they have sent " + Flow.quoted(answer.event()))
                    .withEvidence(evidence()));
        } else if (lastDisconnect == null) {
            return Optional.empty();
        }
        return Optional.of(isPromised() ? asksForLogin() && !refused ? byEvent() : dropped() : strangers());
    }

    /** Not where the server says the same to a client that sends nothing. */
    private boolean isProof() {
        return answer != null && (lastDisconnect == null || !answer.message().equals(lastDisconnect.message()));
    }

    private boolean isPromised() {
        return flow == null ? stated : !isStatedIn(flow);
    }

    private boolean asksForLogin() {
        return OF_AUTHENTICATION.matcher(lastDisconnect.message()).find() || isSuspected(flow, unserved);
    }

    private Finding byEvent() {
        return Finding.fail(
                        ID,
                        Hop.AUTH,
                        Symptom.LOGIN_REQUIRED,
                        lastDisconnect.namespace(),
                        "clients are connected, then disconnected unless they authenticate by an event")
                .withEvidence(evidence());
    }

    private Finding dropped() {
        return Finding.fail(
                        STAYS,
                        Hop.SESSION,
                        Symptom.CLOSED_IN_USE,
                        "a receive-only connection",
                        "the server closed a healthy connection")
                .withEvidence(evidence());
    }

    private Finding strangers() {
        return Finding.info(
                        STAYS,
                        Hop.SESSION,
                        String.format(
                                Locale.ROOT,
                                "the application disconnects an idle client after %.0f ms; no expectation says that it may stay",
                                lastDisconnect.afterMs()))
                .withEvidence(evidence());
    }

    private List<String> evidence() {
        List<String> evidence = new ArrayList<>();
        if (lastDisconnect != null) {
            evidence.add(String.format(
                    Locale.ROOT,
                    "an idle client in %s is disconnected after %.0f ms (packet 41)%s",
                    lastDisconnect.namespace(),
                    lastDisconnect.afterMs(),
                    lastDisconnect.message().isEmpty()
                            ? ", without a reason"
                            : "; the server's last message: " + Text.cut(lastDisconnect.message(), 160)));
        }
        if (isSuspected(flow, unserved)) {
            evidence.add("no event of the flow reaches a receiver");
        }
        if (isProof()) {
            evidence.add("CONNECT " + answer.namespace() + ", then " + Flow.quoted(answer.event())
                    + " with the auth object: " + Text.cut(answer.message(), 160));
        }
        return evidence;
    }
}
