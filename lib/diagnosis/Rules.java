package siodiag;

import static siodiag.Sign.*;

import java.util.List;

/**
 * Every cause that a probe can meet, with what it needs and what contradicts it; those of hop startup are told by whoever
 * starts the server. The order does not matter: the hops order the diagnoses.
 */
final class Rules {
    static final List<Rule> ALL = List.of(
            Rule.of(Cause.HOST_UNRESOLVED, NAME_UNRESOLVED),
            Rule.of(Cause.CONNECTION_REFUSED, TCP_REFUSED),
            Rule.of(Cause.CONNECT_TIMEOUT, TCP_SILENT),
            Rule.of(Cause.TLS_ON_PLAIN_PORT, TLS_NOT_SPOKEN),
            Rule.of(Cause.CERTIFICATE_EXPIRED, CERTIFICATE_EXPIRED),
            Rule.of(Cause.CERTIFICATE_HOST_MISMATCH, CERTIFICATE_OTHER_HOST),
            Rule.of(Cause.CERTIFICATE_UNTRUSTED, CERTIFICATE_UNTRUSTED),
            Rule.of(Cause.PLAIN_ON_TLS_PORT, TLS_SPOKEN_HERE)
                    .alsoExplains(CLOSED_UNANSWERED, SILENT, NOT_HTTP, NO_ENGINE, HANDSHAKE_GARBLED, HANDSHAKE_REFUSED),
            Rule.of(Cause.CONNECTION_RESET, CLOSED_UNANSWERED).unless(TLS_SPOKEN_HERE, ENGINE_ELSEWHERE),
            Rule.of(Cause.NO_RESPONSE, SILENT).unless(TLS_SPOKEN_HERE, ENGINE_ELSEWHERE),
            Rule.of(Cause.NOT_HTTP, NOT_HTTP).unless(TLS_SPOKEN_HERE),
            Rule.of(Cause.HTTP_ERROR, SERVER_ERROR).alsoExplains(WEBSOCKET_FAILS, SECOND_CONNECTION_FAILS),
            Rule.of(Cause.REDIRECTED, REDIRECTED),
            Rule.of(Cause.WRONG_PATH, ENGINE_ELSEWHERE)
                    .alsoExplains(NO_ENGINE, SILENT, CLOSED_UNANSWERED, HANDSHAKE_UNFINISHED, BARE_WEBSOCKET),
            Rule.of(Cause.PLAIN_WEBSOCKET, BARE_WEBSOCKET).alsoExplains(NO_ENGINE).unless(ENGINE_ELSEWHERE),
            Rule.of(Cause.NOT_SOCKETIO, NO_ENGINE).unless(ENGINE_ELSEWHERE, BARE_WEBSOCKET, TLS_SPOKEN_HERE),
            Rule.of(Cause.ENGINE_VERSION_MISMATCH, OLD_PROTOCOL),
            Rule.of(Cause.HANDSHAKE_INVALID, HANDSHAKE_GARBLED).unless(TLS_SPOKEN_HERE),
            Rule.of(Cause.HANDSHAKE_FORBIDDEN, HANDSHAKE_FORBIDDEN),
            Rule.of(Cause.HANDSHAKE_TIMEOUT, HANDSHAKE_UNFINISHED).unless(ENGINE_ELSEWHERE),
            Rule.of(Cause.ORIGIN_REJECTED, ORIGIN_REFUSED),
            Rule.of(Cause.WEBSOCKET_BLOCKED, WEBSOCKET_FAILS).unless(POLLING_FAILS, POLLING_REFUSED, SERVER_ERROR),
            Rule.of(Cause.POLLING_DISABLED, POLLING_REFUSED).unless(WEBSOCKET_FAILS),
            Rule.of(Cause.STICKY_SESSION_MISSING, SID_UNKNOWN_NOW_AND_THEN),
            Rule.of(Cause.NAMESPACE_UNKNOWN, NAMESPACE_UNKNOWN),
            Rule.of(Cause.NAMESPACE_SILENT, NAMESPACE_SILENT),
            Rule.of(Cause.TOKEN_REJECTED, TOKEN_REFUSED).alsoExplains(CLOSED_IN_USE, SECOND_CONNECTION_FAILS),
            Rule.of(Cause.CONNECT_REJECTED, CONNECT_REFUSED).alsoExplains(CLOSED_IN_USE, SECOND_CONNECTION_FAILS),
            Rule.of(Cause.AUTH_NOT_ENFORCED, LET_IN_UNASKED),
            Rule.of(Cause.HANDLER_MISSING, NO_REACTION),
            Rule.of(Cause.PAYLOAD_LIMIT, LARGE_EVENT_REFUSED).unless(CLOSED_IN_USE),
            Rule.of(Cause.INGEST_MISSING, INGEST_ABSENT),
            Rule.of(Cause.INGEST_FAILED, INGEST_ERROR),
            Rule.of(Cause.NOT_RELAYED, NOT_DELIVERED),
            Rule.of(Cause.ROOM_NOT_JOINED, DELIVERED_AFTER_JOIN),
            Rule.of(Cause.SENDER_ONLY, DELIVERED_TO_SENDER),
            Rule.of(Cause.WRONG_NAMESPACE, OTHER_NAMESPACE),
            Rule.of(Cause.WRONG_EVENT, OTHER_EVENT),
            Rule.of(Cause.EVENTS_LOST, SOME_LOST),
            Rule.of(Cause.EVENTS_DUPLICATED, SOME_TWICE),
            Rule.of(Cause.EVENTS_REORDERED, OUT_OF_ORDER).unless(LATE),
            Rule.of(Cause.PAYLOAD_ALTERED, FIELDS_CHANGED),
            Rule.of(Cause.SLOW_RELAY, LATE).alsoExplains(OUT_OF_ORDER),
            Rule.of(Cause.SESSION_DROPPED, CLOSED_IN_USE).alsoExplains(LARGE_EVENT_REFUSED)
                    .unless(TOKEN_REFUSED, CONNECT_REFUSED),
            Rule.of(Cause.HEARTBEAT_MISSED, PING_LATE),
            Rule.of(Cause.RECONNECT_FAILED, SECOND_CONNECTION_FAILS)
                    .unless(SERVER_ERROR, TOKEN_REFUSED, CONNECT_REFUSED),
            Rule.of(Cause.CROSS_NODE_NOT_RELAYED, OTHER_NODE_DEAF));

    private Rules() {
    }
}
