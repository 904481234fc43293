package siodiag.catalogue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import siodiag.core.Text;
import siodiag.protocol.ServerFamily;

/** The causes by their names, in the order of the hops; {@code causes.json} has everything else about them. */
public enum Cause {
    PORT_IN_USE,
    HANDLERS_MISSING,
    HOST_UNRESOLVED,
    PORT_MISMATCH,
    CONNECTION_REFUSED,
    CONNECT_TIMEOUT,
    CONNECTION_RESET,
    TLS_ON_PLAIN_PORT,
    PLAIN_ON_TLS_PORT,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_HOST_MISMATCH,
    CERTIFICATE_UNTRUSTED,
    CLIENT_CERTIFICATE_REQUIRED,
    NO_RESPONSE,
    NOT_HTTP,
    HTTP_ERROR,
    HTTP2_ONLY,
    RATE_LIMITED,
    REDIRECTED,
    NOT_SOCKETIO,
    PLAIN_WEBSOCKET,
    WRONG_PATH,
    ENGINE_VERSION_MISMATCH,
    HANDSHAKE_INVALID,
    HANDSHAKE_CACHED,
    HANDSHAKE_FORBIDDEN,
    HANDSHAKE_TIMEOUT,
    ORIGIN_REJECTED,
    WEBSOCKET_BLOCKED,
    POLLING_DISABLED,
    UPGRADE_SLOW,
    STICKY_SESSION_MISSING,
    PARSER_MISMATCH,
    NAMESPACE_UNKNOWN,
    NAMESPACE_SILENT,
    TOKEN_REJECTED,
    CONNECT_REJECTED,
    AUTH_PAYLOAD_UNANSWERED,
    AUTH_BY_EVENT,
    AUTH_NOT_ENFORCED,
    HANDLER_MISSING,
    PAYLOAD_LIMIT,
    INGEST_MISSING,
    INGEST_FAILED,
    NOT_RELAYED,
    ROOM_NOT_JOINED,
    SENDER_ONLY,
    WRONG_NAMESPACE,
    WRONG_EVENT,
    EVENTS_LOST,
    EVENTS_DUPLICATED,
    EVENTS_REORDERED,
    PAYLOAD_ALTERED,
    SLOW_RELAY,
    SERVER_CRASHED,
    EVENT_LOOP_BLOCKED,
    CONNECTIONS_EXHAUSTED,
    RECOVERY_FAILED,
    SESSION_DROPPED,
    HEARTBEAT_MISSED,
    RECONNECT_FAILED,
    CROSS_NODE_NOT_RELAYED,
    UNEXPLAINED;

    /** The cause of that name. */
    public static Optional<Cause> of(String id) {
        return Arrays.stream(values()).filter(cause -> cause.id().equals(id)).findFirst();
    }

    /** The cause whose name is most like this. */
    public static Cause nearest(String id) {
        return Arrays.stream(values())
                .min(Comparator.comparingInt(cause -> Text.distance(cause.id(), id)))
                .orElseThrow();
    }

    /** The cause's name in every output. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Hop hop() {
        return entry().hop();
    }

    public Severity severity() {
        return entry().severity();
    }

    /** What is wrong, in one sentence. */
    public String summary(String subject) {
        return entry().summary().replace("{}", subject.isEmpty() ? "the server" : subject);
    }

    /** The cause on one line, for where no result is written: its name, what is wrong, how to fix it. */
    public String describe(String subject) {
        return id() + ": " + summary(subject) + " " + entry().fix();
    }

    /** The fix: in general, then for what may stand in front of a server, then for its family; for each if unknown. */
    public String fix(ServerFamily family) {
        Stream<String> general = Stream.of(entry().fix(), entry().option()).filter(text -> !text.isEmpty());
        Stream<String> special = entry().fixes().entrySet().stream()
                .filter(fix -> concerns(fix.getKey(), family))
                .map(fix -> fix.getKey() + ": " + fix.getValue());
        return Stream.concat(general, special).collect(Collectors.joining(" "));
    }

    private static boolean concerns(String label, ServerFamily family) {
        return family == ServerFamily.UNKNOWN
                || Arrays.stream(ServerFamily.values())
                        .noneMatch(other -> other != family && other.label().equals(label));
    }

    public CauseEntry entry() {
        return Catalogue.entry(this);
    }
}
