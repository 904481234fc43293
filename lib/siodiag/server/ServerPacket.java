package siodiag.server;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;

/**
 * One Socket.IO packet, its payload cut into elements that stay as they arrived. Protocol: socket.io-protocol v5,
 * "Packet encoding"; version 4 (Engine.IO 3 clients) differs only in what a CONNECT may carry.
 *
 * @param type        what it is
 * @param namespace   {@code /} or {@code /name}, without a version 4 query
 * @param ackId       the number an acknowledgement is asked for or given under, -1 for none
 * @param attachments how many binary attachments follow
 * @param payload     the JSON text, empty if there is none
 * @param elements    the payload's elements: of an event its name literal and arguments, of an acknowledgement its
 *                    arguments
 * @param query       what followed {@code ?} in a version 4 namespace, else empty
 */
public record ServerPacket(
        Type type, String namespace, long ackId, int attachments, String payload, List<String> elements, String query) {
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");
    private static final int MAX_ATTACHMENTS = 10;

    public enum Type {
        CONNECT('0'),
        DISCONNECT('1'),
        EVENT('2'),
        ACK('3'),
        CONNECT_ERROR('4'),
        BINARY_EVENT('5'),
        BINARY_ACK('6');

        private static final Map<Character, Type> BY_DIGIT =
                Stream.of(values()).collect(Collectors.toMap(type -> type.digit, type -> type));
        private final char digit;

        /** @param digit how the wire has it */
        Type(char digit) {
            this.digit = digit;
        }

        /** The type of a number from 0 to 6. */
        public static Type of(int number) {
            return BY_DIGIT.get((char) ('0' + number));
        }

        public boolean isBinary() {
            return this == BINARY_EVENT || this == BINARY_ACK;
        }
    }

    /** A packet that a client sent. @throws MalformedInputException saying what is wrong with it */
    static ServerPacket parse(String text) {
        ServerPacket packet = read(text);
        packet.check();
        return packet;
    }

    /** A packet of either side, whatever it may not contain. @throws MalformedInputException if it can't be parsed */
    public static ServerPacket read(String text) {
        Reader reader = new Reader(text);
        Type type = reader.type();
        int attachments = type.isBinary() ? reader.attachments() : 0;
        String name = reader.namespace();
        long ackId = reader.ackId();
        String payload = reader.rest();
        int mark = name.indexOf('?');
        return new ServerPacket(
                type,
                mark < 0 ? name : name.substring(0, mark),
                ackId,
                attachments,
                payload,
                elements(type, payload),
                mark < 0 ? "" : name.substring(mark + 1));
    }

    /** The event's name; only of events. */
    public String event() {
        return elements.isEmpty() ? null : JsonText.string(elements.get(0));
    }

    public List<String> arguments() {
        return isEvent() ? elements.subList(1, elements.size()) : elements;
    }

    public boolean isEvent() {
        return type == Type.EVENT || type == Type.BINARY_EVENT;
    }

    /** A packet's text: what follows the type, before the payload, is the same for all of them. */
    static String encode(Type type, int attachments, String namespace, long ackId, String payload) {
        return (type.digit + (type.isBinary() ? attachments + "-" : ""))
                + (namespace.equals("/") ? "" : namespace + ",")
                + (ackId < 0 ? "" : ackId)
                + payload;
    }

    private static List<String> elements(Type type, String payload) {
        return switch (type) {
            case EVENT, ACK, BINARY_EVENT, BINARY_ACK -> JsonText.elements(payload);
            default -> List.of();
        };
    }

    private void check() {
        require(attachments <= MAX_ATTACHMENTS, "more than " + MAX_ATTACHMENTS + " attachments");
        switch (type) {
            case CONNECT -> {
                if (!payload.isEmpty()) {
                    JsonText.requireObject(payload);
                }
            }
            case DISCONNECT -> require(payload.isEmpty(), "a DISCONNECT with a payload");
            case EVENT, BINARY_EVENT -> {
                require(!elements.isEmpty() && event() != null, "an event without a name");
                require(!RESERVED.contains(event()), "a reserved event name");
            }
            case ACK, BINARY_ACK -> require(ackId >= 0, "an acknowledgement without a number");
            case CONNECT_ERROR -> throw new MalformedInputException("a CONNECT_ERROR from a client");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new MalformedInputException(otherwise);
        }
    }

    /** Reads the parts in their order on the wire. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Type type() {
            Type type = text.isEmpty() ? null : Type.BY_DIGIT.get(text.charAt(0));
            require(type != null, "an unknown packet type");
            at = 1;
            return type;
        }

        int attachments() {
            long count = number();
            require(count >= 0 && at < text.length() && text.charAt(at) == '-', "a binary packet without a count");
            require(count <= Integer.MAX_VALUE, "a count of attachments that is too large");
            at++;
            return (int) count;
        }

        String namespace() {
            if (at >= text.length() || text.charAt(at) != '/') {
                return "/";
            }
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            String namespace = text.substring(at, end);
            at = Math.min(end + 1, text.length());
            return namespace;
        }

        long ackId() {
            return number();
        }

        String rest() {
            return text.substring(at);
        }

        private long number() {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            require(at - start < 17, "a number of " + (at - start) + " digits");
            return at == start ? -1 : Long.parseLong(text, start, at, 10);
        }
    }
}
