package siodiag.probe.reach;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.protocol.Endpoint;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.HttpReply;
import siodiag.protocol.HttpRequest;
import siodiag.protocol.Site;

/**
 * Asks ports of this machine, all at once, who they are: one connection a port, one {@code GET /health} on it. Whoever
 * that is gets no credentials.
 */
public final class PortScan {

    /**
     * A port where something listens.
     *
     * @param health what {@code GET /health} was answered with; nothing where no HTTP came in time
     */
    public record Answer(int port, Optional<HttpReply> health) {
        public String evidence() {
            return "GET http://localhost:" + port + "/health: "
                    + health.map(HttpReply::evidence).orElse("no HTTP answer");
        }
    }

    private PortScan() {}

    /** Those that listen, in the order of the ports given. */
    public static List<Answer> run(Collection<Integer> ports, Duration timeout) {
        List<CompletableFuture<Optional<Answer>>> asked = ports.stream()
                .map(port -> Scope.current().fork("GET /health at port " + port, () -> ask(port, Deadline.in(timeout))))
                .toList();
        return asked.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Answer> ask(int port, Deadline deadline) throws UnknownHostException {
        Endpoint endpoint = Endpoint.of(URI.create("http://localhost:" + port));
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            try {
                HttpReply reply = Site.bare(endpoint, address, "/")
                        .exchange(HttpRequest.get("/health", Map.of("Accept", "application/json")), deadline);
                return Optional.of(new Answer(port, Optional.of(reply)));
            } catch (ExchangeException failure) {
                if (failure.kind() != ExchangeException.Kind.REFUSED
                        && failure.kind() != ExchangeException.Kind.UNREACHABLE) {
                    return Optional.of(new Answer(port, Optional.empty()));
                }
            }
        }
        return Optional.empty();
    }
}
