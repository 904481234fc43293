package siodiag.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * One line of a monitor's record ({@code --record FILE.jsonl}): a JSON object a line, in the order in which things
 * happened, every field but the first three left out where it has nothing to say.
 * <pre>
 * {"at":"2026-01-31T10:00:00.123Z","kind":"event","direction":"in","client":"c7","socket":"Yb3…","transport":"websocket",
 *  "namespace":"/hook","event":"user_prompt","args":[{"prompt":"…"}],"ack":3,"bytes":57,
 *  "attachments":["AAH/Aw=="],"to":["Yb3…"],"detail":"…"}
 * </pre>
 * A record is appended to: each run begins with a line of kind {@code start}. Tokens and what looks like a secret are
 * masked. Of a broadcast there is one line, and {@code to} has the sockets it was sent to.
 *
 * @param at          when
 * @param kind        start, handshake, upgrade, connect, refused, disconnect, event, ack, ping, pong, join, leave,
 *                    malformed, close, http, error, stop
 * @param direction   {@code in} to the server, {@code out} of it, {@code -} for neither
 * @param client      the connection ({@code c7}), or null
 * @param socket      the sender's Socket.IO id, or null
 * @param transport   polling, websocket or http, or null
 * @param namespace   or null
 * @param event       the event's name, or null
 * @param args        the arguments, an array; attachments are placeholders ({@code {"_placeholder":true,"num":0}})
 * @param ack         the acknowledgement's number, -1 for none
 * @param attachments the binary attachments
 * @param to          the sockets it was sent to
 * @param status      the HTTP status of a request, or the close code of a WebSocket; 0 for none
 * @param detail      what else there is to say, or null
 */
public record RecordedEvent(
        Instant at,
        String kind,
        String direction,
        String client,
        String socket,
        String transport,
        String namespace,
        String event,
        JsonNode args,
        long ack,
        List<byte[]> attachments,
        List<String> to,
        int status,
        String detail) {
    /** The direction, from the point of view of the server. */
    public enum Direction {
        IN("in"),
        OUT("out"),
        NONE("-");

        private final String label;

        Direction(String label) {
            this.label = label;
        }

        /** How it is written in the record. */
        public String label() {
            return label;
        }
    }

    public enum Kind {
        START,
        HANDSHAKE,
        UPGRADE,
        CONNECT,
        REFUSED,
        DISCONNECT,
        EVENT,
        ACK,
        PING,
        PONG,
        JOIN,
        LEAVE,
        MALFORMED,
        CLOSE,
        HTTP,
        NOTE,
        ERROR,
        STOP;

        /** How it is written in the record and on the console. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a client sent this event, which is what a replay sends again. */
    public boolean isFromClient() {
        return is(Kind.EVENT) && isIn();
    }

    /** Whether a hook posted this event, whose body is the only argument. */
    public boolean isPosted() {
        return is(Kind.HTTP) && isIn() && event != null && args.size() == 1;
    }

    /** Whether a run of the monitor began here. */
    public boolean isStart() {
        return is(Kind.START);
    }

    /** @throws IllegalArgumentException if it is not a line of a record */
    public static RecordedEvent of(JsonNode line) {
        if (!line.isObject() || !line.hasNonNull("at") || !line.hasNonNull("kind")) {
            throw new IllegalArgumentException("not a line of a recording");
        }
        List<byte[]> attachments = new ArrayList<>();
        line.path("attachments")
                .forEach(bytes -> attachments.add(Base64.getDecoder().decode(bytes.asText())));
        List<String> to = new ArrayList<>();
        line.path("to").forEach(id -> to.add(id.asText()));
        return new RecordedEvent(
                Instant.parse(line.get("at").asText()),
                line.get("kind").asText(),
                line.path("direction").asText(Direction.NONE.label()),
                text(line, "client"),
                text(line, "socket"),
                text(line, "transport"),
                text(line, "namespace"),
                text(line, "event"),
                line.path("args"),
                line.path("ack").asLong(-1),
                attachments,
                to,
                line.path("status").asInt(),
                text(line, "detail"));
    }

    private boolean is(Kind other) {
        return kind.equals(other.label());
    }

    private boolean isIn() {
        return direction.equals(Direction.IN.label());
    }

    private static String text(JsonNode line, String field) {
        return line.hasNonNull(field) ? line.get(field).asText() : null;
    }
}
