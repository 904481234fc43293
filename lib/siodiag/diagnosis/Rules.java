package siodiag.diagnosis;

import static siodiag.finding.Symptom.*;

import java.util.List;
import siodiag.catalogue.Cause;

/**
 * Every cause that a probe can meet, with what it needs and what contradicts it; those of hop startup are told by whoever
 * starts the server. The order does not matter: the hops order the diagnoses.
 */
final class Rules {
    static final List<Rule> ALL = List.of(
            Rule.of(Cause.HOST_UNRESOLVED, NAME_UNRESOLVED),
            Rule.of(Cause.PORT_MISMATCH, HOOKS_POST_TO_OTHER_PORT),
            Rule.of(Cause.CONNECTION_REFUSED, TCP_REFUSED),
            Rule.of(Cause.CONNECT_TIMEOUT, TCP_SILENT),
            Rule.of(Cause.TLS_ON_PLAIN_PORT, NOT_TLS),
            Rule.of(Cause.CERTIFICATE_EXPIRED, CERTIFICATE_EXPIRED),
            Rule.of(Cause.CERTIFICATE_HOST_MISMATCH, CERTIFICATE_OTHER_HOST),
            Rule.of(Cause.CERTIFICATE_UNTRUSTED, CERTIFICATE_UNTRUSTED),
            Rule.of(Cause.CLIENT_CERTIFICATE_REQUIRED, CLIENT_CERTIFICATE_REQUIRED),
            Rule.of(Cause.PLAIN_ON_TLS_PORT, TLS_PORT)
                    .alsoExplains(CLOSED_UNANSWERED, SILENT, NOT_HTTP, NO_ENGINE, HANDSHAKE_INVALID, HANDSHAKE_REFUSED),
            Rule.of(Cause.CONNECTION_RESET, CLOSED_UNANSWERED).unless(TLS_PORT, ENGINE_AT_OTHER_PATH),
            Rule.of(Cause.NO_RESPONSE, SILENT).unless(TLS_PORT, ENGINE_AT_OTHER_PATH),
            Rule.of(Cause.NOT_HTTP, NOT_HTTP).unless(TLS_PORT),
            Rule.of(Cause.HTTP_ERROR, SERVER_ERROR).alsoExplains(WEBSOCKET_FAILS, SECOND_CONNECTION_FAILS),
            Rule.of(Cause.HTTP2_ONLY, HTTP2_ONLY),
            Rule.of(Cause.RATE_LIMITED, RATE_LIMITED),
            Rule.of(Cause.REDIRECTED, REDIRECTED),
            Rule.of(Cause.HANDSHAKE_CACHED, HANDSHAKE_REPEATED),
            Rule.of(Cause.WRONG_PATH, ENGINE_AT_OTHER_PATH)
                    .alsoExplains(NO_ENGINE, SILENT, CLOSED_UNANSWERED, HANDSHAKE_UNFINISHED, PLAIN_WEBSOCKET),
            Rule.of(Cause.PLAIN_WEBSOCKET, PLAIN_WEBSOCKET)
                    .alsoExplains(NO_ENGINE)
                    .unless(ENGINE_AT_OTHER_PATH),
            Rule.of(Cause.NOT_SOCKETIO, NO_ENGINE).unless(ENGINE_AT_OTHER_PATH, PLAIN_WEBSOCKET, TLS_PORT),
            Rule.of(Cause.ENGINE_VERSION_MISMATCH, OLD_PROTOCOL),
            Rule.of(Cause.HANDSHAKE_INVALID, HANDSHAKE_INVALID).unless(TLS_PORT),
            Rule.of(Cause.HANDSHAKE_FORBIDDEN, HANDSHAKE_FORBIDDEN),
            Rule.of(Cause.HANDSHAKE_TIMEOUT, HANDSHAKE_UNFINISHED).unless(ENGINE_AT_OTHER_PATH),
            Rule.of(Cause.ORIGIN_REJECTED, ORIGIN_REFUSED),
            Rule.of(Cause.WEBSOCKET_BLOCKED, WEBSOCKET_FAILS).unless(POLLING_FAILS, POLLING_REFUSED, SERVER_ERROR),
            Rule.of(Cause.POLLING_DISABLED, POLLING_REFUSED).unless(WEBSOCKET_FAILS),
            Rule.of(Cause.UPGRADE_SLOW, UPGRADE_SLOW),
            Rule.of(Cause.STICKY_SESSION_MISSING, SID_UNKNOWN_INTERMITTENTLY),
            Rule.of(Cause.PARSER_MISMATCH, PARSER_DIFFERS),
            Rule.of(Cause.NAMESPACE_UNKNOWN, NAMESPACE_UNKNOWN),
            Rule.of(Cause.NAMESPACE_SILENT, NAMESPACE_SILENT),
            Rule.of(Cause.TOKEN_REJECTED, TOKEN_REFUSED).alsoExplains(CLOSED_IN_USE, SECOND_CONNECTION_FAILS),
            Rule.of(Cause.CONNECT_REJECTED, CONNECT_REFUSED).alsoExplains(CLOSED_IN_USE, SECOND_CONNECTION_FAILS),
            Rule.of(Cause.AUTH_PAYLOAD_UNANSWERED, AUTH_UNANSWERED),
            Rule.of(Cause.AUTH_BY_EVENT, LOGIN_REQUIRED)
                    .alsoExplains(
                            TOKEN_REFUSED,
                            CONNECT_REFUSED,
                            AUTH_BYPASSED,
                            CLOSED_IN_USE,
                            SECOND_CONNECTION_FAILS,
                            NO_REACTION,
                            NOT_DELIVERED,
                            PARTLY_LOST,
                            LARGE_EVENT_REFUSED,
                            UNUSABLE)
                    .unless(PROCESS_ENDED),
            Rule.of(Cause.AUTH_NOT_ENFORCED, AUTH_BYPASSED),
            Rule.of(Cause.HANDLER_MISSING, NO_REACTION),
            Rule.of(Cause.PAYLOAD_LIMIT, LARGE_EVENT_REFUSED).unless(CLOSED_IN_USE),
            Rule.of(Cause.INGEST_MISSING, INGEST_NOT_FOUND),
            Rule.of(Cause.INGEST_FAILED, INGEST_ERROR),
            Rule.of(Cause.NOT_RELAYED, NOT_DELIVERED),
            Rule.of(Cause.ROOM_NOT_JOINED, DELIVERED_AFTER_JOIN),
            Rule.of(Cause.SENDER_ONLY, DELIVERED_TO_SENDER),
            Rule.of(Cause.WRONG_NAMESPACE, OTHER_NAMESPACE),
            Rule.of(Cause.WRONG_EVENT, OTHER_EVENT),
            Rule.of(Cause.EVENTS_LOST, PARTLY_LOST),
            Rule.of(Cause.EVENTS_DUPLICATED, DUPLICATED),
            Rule.of(Cause.EVENTS_REORDERED, REORDERED).unless(LATE),
            Rule.of(Cause.PAYLOAD_ALTERED, FIELDS_CHANGED),
            Rule.of(Cause.SLOW_RELAY, LATE).alsoExplains(REORDERED),
            Rule.of(Cause.SERVER_CRASHED, PROCESS_ENDED)
                    .alsoExplains(
                            CLOSED_IN_USE,
                            SECOND_CONNECTION_FAILS,
                            PING_LATE,
                            SERVER_ERROR,
                            WEBSOCKET_FAILS,
                            POLLING_FAILS,
                            POLLING_REFUSED,
                            SID_UNKNOWN_INTERMITTENTLY,
                            NAMESPACE_SILENT,
                            NO_REACTION,
                            NOT_DELIVERED,
                            PARTLY_LOST,
                            LATE,
                            INGEST_ERROR,
                            CROSS_NODE_LOST,
                            UNUSABLE),
            Rule.of(Cause.EVENT_LOOP_BLOCKED, STALLED)
                    .alsoExplains(PING_LATE, LATE, REORDERED, SECOND_CONNECTION_FAILS, NAMESPACE_SILENT, UNUSABLE)
                    .unless(PROCESS_ENDED),
            Rule.of(Cause.CONNECTIONS_EXHAUSTED, CONNECTION_LIMIT_REACHED)
                    .alsoExplains(
                            SECOND_CONNECTION_FAILS,
                            CLOSED_IN_USE,
                            SERVER_ERROR,
                            WEBSOCKET_FAILS,
                            POLLING_FAILS,
                            POLLING_REFUSED,
                            SID_UNKNOWN_INTERMITTENTLY,
                            NAMESPACE_SILENT,
                            NO_REACTION,
                            PARTLY_LOST,
                            NOT_DELIVERED,
                            LATE,
                            PING_LATE,
                            UNUSABLE)
                    .unless(PROCESS_ENDED),
            Rule.of(Cause.RECOVERY_FAILED, NOT_RECOVERED).unless(PROCESS_ENDED),
            Rule.of(Cause.SESSION_DROPPED, CLOSED_IN_USE)
                    .alsoExplains(LARGE_EVENT_REFUSED)
                    .unless(TOKEN_REFUSED, CONNECT_REFUSED),
            Rule.of(Cause.HEARTBEAT_MISSED, PING_LATE),
            Rule.of(Cause.RECONNECT_FAILED, SECOND_CONNECTION_FAILS)
                    .unless(SERVER_ERROR, TOKEN_REFUSED, CONNECT_REFUSED),
            Rule.of(Cause.CROSS_NODE_NOT_RELAYED, CROSS_NODE_LOST));

    private Rules() {}
}
