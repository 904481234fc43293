package siodiag.probe.relay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import siodiag.finding.Finding;
import siodiag.ledger.Ledger;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.SessionEnd;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Target;

/** Clients that join namespaces, prepare themselves, and enter whatever they receive into the ledger. */
public final class Observers implements Closeable {
    private final Target target;
    private final Ledger ledger;
    private final List<String> open;
    private final Preparation preparation;
    private final List<SocketClient> clients = new CopyOnWriteArrayList<>();
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final List<Finding> unready = new CopyOnWriteArrayList<>();

    /** @param open the namespaces that have accepted the client: that they refuse one more connection is a failure */
    public Observers(Target target, Ledger ledger, List<String> open, Preparation preparation) {
        this.target = target;
        this.ledger = ledger;
        this.open = open;
        this.preparation = preparation;
    }

    /**
     * Adds one that joins those of the namespaces that accept it.
     *
     * @throws ExchangeException where no session opens, or one that was open refuses it
     */
    public SocketClient add(String name, Transports transports, Collection<String> namespaces)
            throws ExchangeException {
        Inbox ears = new Inbox();
        SocketClient client = transports.open(
                new SocketClient.EventListener() {
                    @Override
                    public void event(String namespace, String event, JsonNode packet, long nanos) {
                        ears.onEvent(namespace, event, packet);
                        ledger.arrived(new Ledger.Arrival(name, namespace, event, packet, nanos));
                    }

                    @Override
                    public void empty(String packet) {
                        ledger.cameEmpty(name, packet);
                    }
                },
                target.timeout());
        client.cutOff().thenRun(ledger::changed);
        clients.add(client);
        names.add(name);
        Map<String, CompletableFuture<ConnectResult>> asked = new LinkedHashMap<>();
        namespaces.forEach(
                namespace -> asked.put(namespace, client.connect(namespace, target.auth(), target.timeout())));
        for (Map.Entry<String, CompletableFuture<ConnectResult>> answer : asked.entrySet()) {
            if (answer.getValue().join() instanceof ConnectResult.ConnectError refused
                    && open.contains(answer.getKey())) {
                throw new ExchangeException(
                        ExchangeException.Kind.CLOSED,
                        "CONNECT " + answer.getKey() + " on another connection: " + ConnectResult.describe(refused));
            }
        }
        preparation
                .run(client, ears, ledger.clientMark(), target.timeout(), notes)
                .ifPresent(unready::add);
        return client;
    }

    public List<String> names() {
        return List.copyOf(names);
    }

    /** What the server said to the first of them in its setup. */
    List<String> notes() {
        return notes.stream().distinct().limit(2).toList();
    }

    /** What went wrong in the setup of the first that could not be prepared. */
    Optional<Finding> unready() {
        return unready.stream().findFirst();
    }

    /** How the first of them was cut off by the server, if any was. */
    Optional<SessionEnd> cutOff() {
        return clients.stream()
                .map(SocketClient::cutOff)
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .findFirst();
    }

    @Override
    public void close() {
        clients.forEach(SocketClient::close);
    }
}
