package siodiag.probe.reach;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.protocol.Connection;
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.HttpReply;
import siodiag.protocol.RateLimit;
import siodiag.protocol.RetryAfter;
import siodiag.protocol.Site;
import siodiag.target.Target;

/** The way to an Engine.IO handshake: hops resolve, tcp, tls, http and engine, each needing the one before. */
public final class Reach {
    private final Target target;
    private final Findings findings;

    public Reach(Target target, Findings findings) {
        this.target = target;
        this.findings = findings;
    }

    /** Whether a TCP connection to the target is accepted, at any of its addresses. */
    public static boolean isListening(Target target) {
        try {
            for (InetAddress address :
                    InetAddress.getAllByName(target.endpoint().host())) {
                try (Connection connection =
                        Connection.open(target.endpoint().withTls(false), address, Deadline.in(target.timeout()))) {
                    return true;
                } catch (ExchangeException closed) {
                    // The next address may be open.
                }
            }
        } catch (UnknownHostException gone) {
            // No address, so nothing is listening.
        }
        return false;
    }

    private void rateLimited(HttpReply reply) {
        findings.halt(Finding.fail(
                "http.rate",
                Hop.HTTP,
                Symptom.RATE_LIMITED,
                "HTTP " + reply.status(),
                "a request is refused for the rate of requests",
                reply.evidence(),
                RetryAfter.describe(reply, Instant.now())));
    }

    /** The server that answers; nothing where the way ends before. */
    public Optional<Engine> run() throws InterruptedException {
        List<InetAddress> addresses = ResolveProbe.run(target, findings);
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        List<InetAddress> open = TcpProbe.run(target, addresses, findings);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        InetAddress address = open.get(0);
        if (target.endpoint().tls() && !TlsProbe.run(target, address, findings)) {
            return Optional.empty();
        }
        Site site = new Site(
                target.endpoint(),
                address,
                target.requestPath(),
                target.credentials().headers(),
                target.credentials().query(),
                new RateLimit(this::rateLimited));
        return new EngineProbe(target, site, findings).run();
    }
}
