package siodiag;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Hop tls: whether the port speaks TLS, and what its certificate is worth. */
final class TlsProbe {
    private static final String ID = "tls.handshake";
    private static final String CERTIFICATE = "tls.certificate";

    private TlsProbe() {
    }

    /** Whether to go on: TLS is spoken and its certificate will do. */
    static boolean run(Target target, InetAddress address, Findings findings) {
        Stopwatch watch = new Stopwatch();
        Endpoint endpoint = target.endpoint();
        try (Connection connection = Connection.open(endpoint, address, Deadline.in(target.timeout()))) {
            SSLSession session = ((SSLSocket) connection.socket()).getSession();
            findings.add(Finding.pass(ID, Hop.TLS, session.getProtocol() + ", " + session.getCipherSuite())
                    .took(watch.millis()));
            return judge(CertificateCheck.of(session, endpoint.host()), target, findings);
        } catch (WireFailure failure) {
            findings.add(explain(failure, target, address).took(watch.millis()));
            return false;
        }
    }

    /** Whether TLS is spoken at a port that was taken for a plain one. */
    static boolean isSpoken(Endpoint endpoint, InetAddress address, Deadline deadline) {
        try (Connection connection = Connection.open(endpoint.withTls(true), address, deadline)) {
            return true;
        } catch (WireFailure failure) {
            // An alert is TLS too: the server only did not like the offer.
            return failure.getMessage().contains("Received fatal alert");
        }
    }

    private static boolean judge(CertificateCheck check, Target target, Findings findings) {
        String subject = target.endpoint().toString();
        List<String> evidence = check.evidence();
        Finding finding;
        if (!check.validNow()) {
            finding = Finding.fail(CERTIFICATE, Hop.TLS, Sign.CERTIFICATE_EXPIRED, subject,
                    "certificate outside its validity period");
        } else if (!check.matchesHost()) {
            finding = Finding.fail(CERTIFICATE, Hop.TLS, Sign.CERTIFICATE_OTHER_HOST, target.endpoint().host(),
                    "certificate for another host");
        } else if (!check.trusted()) {
            finding = Finding.fail(CERTIFICATE, Hop.TLS, Sign.CERTIFICATE_UNTRUSTED, subject,
                    "certificate that nobody here trusts");
        } else {
            findings.add(Finding.pass(CERTIFICATE, Hop.TLS, "valid, trusted and for this host"));
            return true;
        }
        finding = finding.withEvidence(evidence);
        findings.add(target.insecure() ? finding.asInfo() : finding);
        return target.insecure();
    }

    private static Finding explain(WireFailure failure, Target target, InetAddress address) {
        Endpoint endpoint = target.endpoint();
        Optional<WireFailure> plain = failure.kind() == WireFailure.Kind.TLS_FAILED ? Optional.of(failure)
                : plainly(target, address);
        boolean plainHttp = plain.isEmpty();
        if (!plainHttp && plain.get().kind() == WireFailure.Kind.NOT_HTTP) {
            return Finding.fail(ID, Hop.HTTP, Sign.NOT_HTTP, endpoint.toString(), "neither TLS nor HTTP at this port",
                    "asked for TLS: " + failure.evidence(), "asked for plain HTTP: " + plain.get().evidence());
        }
        if (plainHttp || failure.kind() == WireFailure.Kind.NOT_TLS) {
            return Finding.fail(ID, Hop.TLS, Sign.TLS_NOT_SPOKEN, endpoint.toString(), "no TLS at this port",
                    failure.evidence(), plainHttp ? "a plain HTTP request is answered" : "the peer's bytes are no TLS");
        }
        Sign sign = switch (failure.kind()) {
            case CLOSED -> Sign.CLOSED_UNANSWERED;
            case SILENT -> Sign.SILENT;
            default -> Sign.TLS_FAILED;
        };
        return Finding.fail(ID, Hop.TLS, sign, endpoint.toString(), "the TLS handshake failed", failure.evidence());
    }

    /** Why a plain HTTP request fails; nothing where it is answered. */
    private static Optional<WireFailure> plainly(Target target, InetAddress address) {
        Site plain = new Site(target.endpoint().withTls(false), address, target.requestPath());
        try {
            plain.handshake(4, Map.of(), Deadline.in(target.timeout().dividedBy(2)));
            return Optional.empty();
        } catch (WireFailure failure) {
            return Optional.of(failure);
        }
    }
}
