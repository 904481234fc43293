package siodiag;

import java.io.Closeable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The observers: clients that join namespaces and enter whatever they receive into the ledger. */
final class Dashboards implements Closeable {
    private final Target target;
    private final Ledger ledger;
    private final List<String> open;
    private final List<SocketClient> clients = new CopyOnWriteArrayList<>();
    private final List<String> names = new CopyOnWriteArrayList<>();

    /** @param open the namespaces that have let the token in: that they refuse it to one more connection is a failure */
    Dashboards(Target target, Ledger ledger, List<String> open) {
        this.target = target;
        this.ledger = ledger;
        this.open = open;
    }

    /**
     * Adds one that joins those of the namespaces that let it in.
     *
     * @throws WireFailure where no session opens, or one that was open refuses it
     */
    SocketClient add(String name, Transports transports, Collection<String> namespaces) throws WireFailure {
        SocketClient client = transports.open((namespace, event, args, nanos) ->
                ledger.arrived(new Ledger.Arrival(name, namespace, event, args, nanos)), target.timeout());
        clients.add(client);
        names.add(name);
        Map<String, CompletableFuture<Admission>> asked = new LinkedHashMap<>();
        namespaces.forEach(namespace ->
                asked.put(namespace, client.connect(namespace, target.auth(), target.timeout())));
        for (Map.Entry<String, CompletableFuture<Admission>> answer : asked.entrySet()) {
            if (answer.getValue().join() instanceof Admission.Refused refused && open.contains(answer.getKey())) {
                throw new WireFailure(WireFailure.Kind.CLOSED, "CONNECT " + answer.getKey() + " of one more connection: "
                        + Admission.describe(refused));
            }
        }
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
