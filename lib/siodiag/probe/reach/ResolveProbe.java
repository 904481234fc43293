package siodiag.probe.reach;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import siodiag.catalogue.Hop;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.target.Target;

/** Hop resolve: the addresses behind the host name. */
final class ResolveProbe {
    private static final String ID = "resolve.host";

    private ResolveProbe() {}

    /** The addresses, none where the name has none. */
    static List<InetAddress> run(Target target, Findings findings) throws InterruptedException {
        String host = target.endpoint().host();
        Stopwatch watch = new Stopwatch();
        try {
            InetAddress[] addresses = Scope.current()
                    .fork("resolve " + host, () -> InetAddress.getAllByName(host))
                    .get(target.timeout().toMillis(), TimeUnit.MILLISECONDS);
            String names =
                    Arrays.stream(addresses).map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
            findings.add(Finding.pass(ID, Hop.RESOLVE, host + " is " + names).took(watch.millis()));
            return List.of(addresses);
        } catch (TimeoutException | ExecutionException failure) {
            String why = failure instanceof TimeoutException
                    ? "the resolver did not answer within " + Text.duration(target.timeout())
                    : reason((ExecutionException) failure, host);
            findings.add(Finding.fail(ID, Hop.RESOLVE, Symptom.NAME_UNRESOLVED, host, "no address for " + host, why)
                    .took(watch.millis()));
            return List.of();
        }
    }

    private static String reason(ExecutionException failure, String host) {
        return failure.getCause() instanceof UnknownHostException
                ? "the resolver has no address for " + Text.quote(host, 120)
                : Text.cut(String.valueOf(failure.getCause()), 200);
    }
}
