package siodiag.probe.reach;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.protocol.Connection;
import siodiag.protocol.Endpoint;
import siodiag.protocol.ExchangeException;
import siodiag.target.Target;

/** Hop tcp: a connection to each address behind the name, side by side. */
final class TcpProbe {
    private static final String ID = "tcp.connect";

    private TcpProbe() {}

    private record Attempt(InetAddress address, ExchangeException failure, double millis) {
        String describe(int port) {
            String name = address.getHostAddress() + " port " + port;
            return failure == null
                    ? String.format(Locale.ROOT, "%s: connected in %.1f ms", name, millis)
                    : name + ": " + failure.getMessage();
        }
    }

    /** The addresses that accept a connection. */
    static List<InetAddress> run(Target target, List<InetAddress> addresses, Findings findings) {
        Endpoint endpoint = target.endpoint();
        List<Attempt> attempts = addresses.stream()
                .map(address ->
                        Scope.current().fork("connect " + address.getHostAddress(), () -> attempt(target, address)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        List<String> told = attempts.stream()
                .map(attempt -> attempt.describe(endpoint.port()))
                .toList();
        List<InetAddress> open = attempts.stream()
                .filter(attempt -> attempt.failure == null)
                .map(Attempt::address)
                .toList();
        if (open.isEmpty()) {
            findings.add(closed(endpoint, attempts, told));
        } else {
            double fastest = attempts.stream()
                    .filter(attempt -> attempt.failure == null)
                    .mapToDouble(Attempt::millis)
                    .min()
                    .orElse(0);
            findings.add(Finding.pass(ID, Hop.TCP, String.join("; ", told)).took(fastest));
            reportDifference(attempts, open, told, findings);
        }
        return open;
    }

    private static Attempt attempt(Target target, InetAddress address) {
        Stopwatch watch = new Stopwatch();
        try (Connection connection =
                Connection.open(target.endpoint().withTls(false), address, Deadline.in(target.timeout()))) {
            return new Attempt(address, null, watch.millis());
        } catch (ExchangeException failure) {
            return new Attempt(address, failure, watch.millis());
        }
    }

    private static Finding closed(Endpoint endpoint, List<Attempt> attempts, List<String> told) {
        Set<ExchangeException.Kind> kinds =
                attempts.stream().map(attempt -> attempt.failure.kind()).collect(Collectors.toSet());
        Symptom sign = kinds.contains(ExchangeException.Kind.CLOSED)
                ? Symptom.CLOSED_UNANSWERED
                : kinds.contains(ExchangeException.Kind.REFUSED) ? Symptom.TCP_REFUSED : Symptom.TCP_SILENT;
        double slowest = attempts.stream().mapToDouble(Attempt::millis).max().orElse(0);
        return Finding.fail(ID, Hop.TCP, sign, endpoint.toString(), "no connection to " + endpoint)
                .withEvidence(told)
                .took(slowest);
    }

    /** Works by one address and not by the other: the classic of localhost, ::1 against 127.0.0.1. */
    private static void reportDifference(
            List<Attempt> attempts, List<InetAddress> open, List<String> told, Findings findings) {
        if (open.size() < attempts.size()) {
            findings.add(Finding.info(
                            "tcp.addresses",
                            Hop.TCP,
                            "only " + open.size() + " of " + attempts.size()
                                    + " addresses accept connections: clients that try another first may fail")
                    .withEvidence(told));
        }
    }
}
