package siodiag.report;

import java.util.List;
import siodiag.protocol.Handshake;
import siodiag.protocol.Transports;

/**
 * What a server announced and offered: by these two results are compared.
 *
 * @param family         which implementation it looks like
 * @param pingIntervalMs milliseconds between its pings
 * @param pingTimeoutMs  milliseconds that either side waits beyond that
 * @param maxPayload     its limit in bytes; -1 where it announces none
 * @param transports     those that carry a session; empty where no namespace was reached
 * @param namespaces     those under test that accept the client
 */
public record ServerFacts(
        String family,
        long pingIntervalMs,
        long pingTimeoutMs,
        long maxPayload,
        List<String> transports,
        List<String> namespaces) {

    /** @param transports null where none was found @param namespaces those that accept the client */
    public static ServerFacts of(Handshake handshake, Transports transports, List<String> namespaces) {
        return new ServerFacts(
                handshake.family().label(),
                handshake.pingIntervalMs(),
                handshake.pingTimeoutMs(),
                handshake.maxPayload(),
                transports == null ? List.of() : transports.names(),
                namespaces);
    }
}
