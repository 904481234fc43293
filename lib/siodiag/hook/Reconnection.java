package siodiag.hook;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import siodiag.hook.javaclient.JavaClient;
import siodiag.protocol.ConnectResult;

/** Joins namespaces, and joins them again where the client library would give up: after a packet 41, or a refusal. */
final class Reconnection implements JavaClient.Listener {
    private static final Duration AFTER_PUT_OUT = Duration.ofMillis(100);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);

    private final JavaClient.Listener account;
    private volatile JavaClient client;

    /** @param account told of everything that happens */
    Reconnection(JavaClient.Listener account) {
        this.account = account;
    }

    /** Waits until each namespace has answered or its time is up; one that is not joined counts as lost. */
    void join(JavaClient joining, List<String> namespaces) {
        client = joining;
        Map<String, CompletableFuture<ConnectResult>> asked = new LinkedHashMap<>();
        namespaces.forEach(name -> asked.put(name, joining.connect(name)));
        asked.forEach((name, answer) -> {
            ConnectResult admission = answer.join();
            if (!(admission instanceof ConnectResult.Connected)) {
                account.disconnected(name, "at the start: " + ConnectResult.describe(admission));
            }
        });
    }

    @Override
    public void connected(String namespace) {
        account.connected(namespace);
    }

    @Override
    public void disconnected(String namespace, String reason) {
        account.disconnected(namespace, reason);
        if (Outages.isByServer(reason)) {
            joinAgain(namespace, AFTER_PUT_OUT);
        }
    }

    @Override
    public void refused(String namespace, String why, boolean byServer) {
        account.refused(namespace, why, byServer);
        if (byServer) {
            joinAgain(namespace, AFTER_REFUSAL);
        }
    }

    private void joinAgain(String namespace, Duration delay) {
        client.reconnect(namespace, delay);
    }
}
