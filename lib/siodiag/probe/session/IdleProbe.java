package siodiag.probe.session;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import siodiag.catalogue.FrontProgram;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.protocol.Engine;
import siodiag.protocol.Handshake;
import siodiag.protocol.SessionEnd;
import siodiag.protocol.SocketClient;

/** Hop session: how long a connection stays that does nothing but answer pings ({@code --idle}). */
final class IdleProbe {
    private IdleProbe() {}

    /**
     * Waits until the connection has been open for so long, or has ended.
     *
     * @param client connected, and left alone since
     * @param opening the first answer of the server; null for none
     */
    static Finding run(SocketClient client, Duration age, Engine.Opening opening) throws InterruptedException {
        Deadline end = new Deadline(client.session().begunNanos() + age.toNanos());
        Handshake handshake = client.session().handshake();
        try {
            SessionEnd closure = client.cutOff().get(Math.max(1, end.millisLeft()), TimeUnit.MILLISECONDS);
            return new IdleEnd(
                            closure.how(),
                            closure.aliveMs(),
                            client.heartbeat().quietMs(),
                            handshake.pingIntervalMs(),
                            handshake.pingTimeoutMs(),
                            front(opening))
                    .finding();
        } catch (TimeoutException stays) {
            return Finding.info(
                    IdleEnd.ID,
                    Hop.SESSION,
                    String.format(
                            Locale.ROOT,
                            "an idle connection stays for %.1f s; %s",
                            age.toMillis() / 1000.0,
                            Text.count(client.heartbeat().count(), "ping")));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static FrontProgram front(Engine.Opening opening) {
        return opening == null
                ? null
                : FrontProgram.of(opening.answer().header("server"), "").orElse(null);
    }
}
