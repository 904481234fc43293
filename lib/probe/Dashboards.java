package siodiag;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The observers: clients that join namespaces and enter whatever they receive into the ledger. */
final class Dashboards implements Closeable {
    private final Target target;
    private final Ledger ledger;
    private final List<SocketClient> clients = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Dashboards(Target target, Ledger ledger) {
        this.target = target;
        this.ledger = ledger;
    }

    /** Adds one that joins those of the namespaces that let it in. @throws WireFailure where no session opens */
    SocketClient add(String name, Transports transports, Collection<String> namespaces) throws WireFailure {
        SocketClient client = transports.open((namespace, event, args, nanos) ->
                ledger.arrived(new Ledger.Arrival(name, namespace, event, args, nanos)), target.timeout());
        clients.add(client);
        names.add(name);
        List<CompletableFuture<Admission>> asked = namespaces.stream()
                .map(namespace -> client.connect(namespace, target.auth(), target.timeout())).toList();
        asked.forEach(CompletableFuture::join);
        return client;
    }

    List<String> names() {
        return List.copyOf(names);
    }

    /** How the first of them was cut off by the server, if any was. */
    Optional<Closure> cutOff() {
        return clients.stream().map(SocketClient::cutOff).filter(CompletableFuture::isDone)
                .map(CompletableFuture::join).findFirst();
    }

    @Override
    public void close() {
        clients.forEach(SocketClient::close);
    }
}
