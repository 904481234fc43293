package siodiag.probe.reach;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Stopwatch;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.protocol.Connection;
import siodiag.protocol.Endpoint;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Site;
import siodiag.target.Target;

/** Hop tls: whether the port speaks TLS, and what its certificate is worth. */
final class TlsProbe {
    private static final String ID = "tls.handshake";
    private static final String CERTIFICATE = "tls.certificate";

    private TlsProbe() {}

    /** Whether to go on: TLS is spoken and its certificate will do. */
    static boolean run(Target target, InetAddress address, Findings findings) {
        Stopwatch watch = new Stopwatch();
        Endpoint endpoint = target.endpoint();
        try (Connection connection = Connection.open(endpoint, address, Deadline.in(target.timeout()))) {
            SSLSession session = ((SSLSocket) connection.socket()).getSession();
            findings.add(Finding.pass(ID, Hop.TLS, session.getProtocol() + ", " + session.getCipherSuite())
                    .took(watch.millis()));
            return judge(CertificateCheck.of(session, endpoint.host()), target, findings);
        } catch (ExchangeException failure) {
            findings.add(explain(failure, target, address).took(watch.millis()));
            return false;
        }
    }

    /** Whether TLS is spoken at a port that was taken for a plain one. */
    static boolean isSpoken(Endpoint endpoint, InetAddress address, Deadline deadline) {
        try (Connection connection = Connection.open(endpoint.withTls(true), address, deadline)) {
            return true;
        } catch (ExchangeException failure) {
            // An alert is TLS too: the server only did not like the offer.
            return failure.getMessage().contains("Received fatal alert");
        }
    }

    private static boolean judge(CertificateCheck check, Target target, Findings findings) {
        String subject = target.endpoint().toString();
        List<String> evidence = check.evidence();
        Finding finding;
        if (!check.validNow()) {
            finding = Finding.fail(
                    CERTIFICATE,
                    Hop.TLS,
                    Symptom.CERTIFICATE_EXPIRED,
                    subject,
                    "certificate outside its validity period");
        } else if (!check.matchesHost()) {
            finding = Finding.fail(
                    CERTIFICATE,
                    Hop.TLS,
                    Symptom.CERTIFICATE_OTHER_HOST,
                    target.endpoint().host(),
                    "certificate for another host");
        } else if (!check.trusted()) {
            finding =
                    Finding.fail(CERTIFICATE, Hop.TLS, Symptom.CERTIFICATE_UNTRUSTED, subject, "untrusted certificate");
        } else {
            findings.add(Finding.pass(CERTIFICATE, Hop.TLS, "valid, trusted and for this host"));
            return true;
        }
        finding = finding.withEvidence(evidence);
        findings.add(target.insecure() ? finding.asInfo() : finding);
        return target.insecure();
    }

    private static Finding explain(ExchangeException failure, Target target, InetAddress address) {
        Endpoint endpoint = target.endpoint();
        if (failure.kind() == ExchangeException.Kind.CLIENT_CERTIFICATE_REQUIRED
                || isGivenRefused(failure, target, address)) {
            return Finding.fail(
                    ID,
                    Hop.TLS,
                    Symptom.CLIENT_CERTIFICATE_REQUIRED,
                    endpoint.toString(),
                    "a client certificate is required",
                    failure.evidence());
        }
        Optional<ExchangeException> plain =
                failure.kind() == ExchangeException.Kind.TLS_FAILED ? Optional.of(failure) : plainly(target, address);
        boolean plainHttp = plain.isEmpty();
        if (!plainHttp && plain.get().kind() == ExchangeException.Kind.NOT_HTTP) {
            return Finding.fail(
                    ID,
                    Hop.HTTP,
                    Symptom.NOT_HTTP,
                    endpoint.toString(),
                    "neither TLS nor HTTP on this port",
                    "over TLS: " + failure.evidence(),
                    "over plain HTTP: " + plain.get().evidence());
        }
        if (plainHttp || failure.kind() == ExchangeException.Kind.NOT_TLS) {
            return Finding.fail(
                    ID,
                    Hop.TLS,
                    Symptom.NOT_TLS,
                    endpoint.toString(),
                    "no TLS on this port",
                    failure.evidence(),
                    plainHttp ? "a plain HTTP request is answered" : "the peer does not send TLS");
        }
        Symptom sign =
                switch (failure.kind()) {
                    case CLOSED -> Symptom.CLOSED_UNANSWERED;
                    case SILENT -> Symptom.SILENT;
                    default -> Symptom.TLS_FAILED;
                };
        return Finding.fail(ID, Hop.TLS, sign, endpoint.toString(), "the TLS handshake failed", failure.evidence());
    }

    /** In TLS 1.2 a server may close before its alert is read; that it asks for a certificate tells why. */
    private static boolean isGivenRefused(ExchangeException failure, Target target, InetAddress address) {
        if (target.endpoint().certificate() == null || failure.kind() != ExchangeException.Kind.CLOSED) {
            return false;
        }
        try (Connection bare = Connection.open(target.endpoint().with(null), address, Deadline.in(target.timeout()))) {
            return bare.isCertificateAsked();
        } catch (ExchangeException refused) {
            return refused.kind() == ExchangeException.Kind.CLIENT_CERTIFICATE_REQUIRED;
        }
    }

    /** Why a plain HTTP request fails; nothing where it is answered. */
    private static Optional<ExchangeException> plainly(Target target, InetAddress address) {
        // No credentials: they were meant for TLS.
        Site plain = Site.bare(target.endpoint().withTls(false), address, target.requestPath());
        try {
            plain.handshake(4, Map.of(), Deadline.in(target.timeout().dividedBy(2)));
            return Optional.empty();
        } catch (ExchangeException failure) {
            return Optional.of(failure);
        }
    }
}
