package siodiag;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** The way to an Engine.IO handshake: hops resolve, tcp, tls, http and engine, each needing the one before. */
final class Reach {
    private final Target target;
    private final Findings findings;

    Reach(Target target, Findings findings) {
        this.target = target;
        this.findings = findings;
    }

    /** Whether a TCP connection to the target is accepted, at any of its addresses. */
    static boolean isListening(Target target) {
        try {
            for (InetAddress address : InetAddress.getAllByName(target.endpoint().host())) {
                try (Connection connection = Connection.open(target.endpoint().withTls(false), address,
                        Deadline.in(target.timeout()))) {
                    return true;
                } catch (WireFailure closed) {
                    // The next address may be open.
                }
            }
        } catch (UnknownHostException gone) {
            // No address, so nobody listens.
        }
        return false;
    }

    /** The server that answers; nothing where the way ends before. */
    Optional<Engine> run() throws InterruptedException {
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
        return new EngineProbe(target, new Site(target.endpoint(), address, target.requestPath()), findings).run();
    }
}
