package siodiag.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import siodiag.core.Json;

/**
 * The default parser: JSON in a text message, bytes in binary messages behind it, each in the place of a placeholder
 * (Socket.IO protocol 5, "Packet encoding").
 */
public final class TextCodec implements PacketCodec {
    private static final int BINARY_EVENT = 5;
    /** From the type of a packet without attachments to that of the same packet with them. */
    private static final int WITH_ATTACHMENTS = 3;

    private static final int MAX_ID = 18;
    private static final int MAX_ATTACHMENTS = 64;
    private static final int MAX_ATTACHED_BYTES = 8 * 1024 * 1024;
    private static final String PLACEHOLDER = "_placeholder";

    private final List<byte[]> attachments = new ArrayList<>();
    private SocketPacket waiting;
    private int missing;
    private int attachedBytes;

    @Override
    public List<String> encode(SocketPacket packet) {
        List<String> messages = new ArrayList<>(List.of(""));
        JsonNode json = detached(packet.data(), messages);
        int count = messages.size() - 1;
        messages.set(
                0,
                "4" + (count > 0 ? packet.type() + WITH_ATTACHMENTS + "" + count + "-" : packet.type())
                        + ("/".equals(packet.namespace()) ? "" : packet.namespace() + ",")
                        + (packet.id() == null ? "" : packet.id()) + (json.isMissingNode() ? "" : json.toString()));
        return messages;
    }

    /** The same value with a placeholder for each of its bytes, which go to the end of the messages. */
    private static JsonNode detached(JsonNode value, List<String> messages) {
        if (value instanceof BinaryNode bytes) {
            messages.add(EngineSession.binary(bytes.binaryValue()));
            return Json.MAPPER.createObjectNode().put(PLACEHOLDER, true).put("num", messages.size() - 2);
        } else if (value.isArray()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            value.forEach(element -> array.add(detached(element, messages)));
            return array;
        } else if (value.isObject()) {
            ObjectNode object = Json.MAPPER.createObjectNode();
            value.properties().forEach(field -> object.set(field.getKey(), detached(field.getValue(), messages)));
            return object;
        }
        return value;
    }

    /** A text message in place of an attachment ends the wait for it: what was announced did not come, or is too long. */
    @Override
    public Optional<SocketPacket> decode(String message) {
        if (EngineSession.isBinary(message)) {
            return waiting == null
                    ? Optional.empty()
                    : EngineSession.bytes(message).flatMap(this::attach);
        } else if (!message.isEmpty() && message.charAt(0) != '4') {
            return Optional.empty();
        }
        waiting = null;
        attachments.clear();
        return text(message);
    }

    private Optional<SocketPacket> text(String message) {
        if (message.length() < 2 || message.charAt(0) != '4' || message.charAt(1) < '0' || message.charAt(1) > '6') {
            return Optional.empty();
        }
        int type = message.charAt(1) - '0';
        int at = 2;
        int count = 0;
        if (type >= BINARY_EVENT) {
            int dash = digitsEnd(message, at);
            if (dash == at || dash - at > 4 || dash == message.length() || message.charAt(dash) != '-') {
                return Optional.empty();
            }
            count = Integer.parseInt(message.substring(at, dash));
            at = dash + 1;
        }
        String namespace = "/";
        if (at < message.length() && message.charAt(at) == '/') {
            int comma = message.indexOf(',', at);
            int end = comma < 0 ? message.length() : comma;
            namespace = message.substring(at, end);
            at = Math.min(message.length(), end + 1);
        }
        int idEnd = digitsEnd(message, at);
        if (idEnd - at > MAX_ID || count > MAX_ATTACHMENTS) {
            return Optional.empty();
        }
        Long id = idEnd > at ? Long.valueOf(message.substring(at, idEnd)) : null;
        SocketPacket packet = new SocketPacket(
                type >= BINARY_EVENT ? type - WITH_ATTACHMENTS : type,
                namespace,
                id,
                payload(message.substring(idEnd)));
        return count == 0 ? Optional.of(packet) : await(packet, count);
    }

    /** What is not JSON is kept as text: a refusal in any form is evidence. */
    private static JsonNode payload(String text) {
        JsonNode json = Json.parse(text);
        return json.isMissingNode() && !text.isEmpty() ? TextNode.valueOf(text) : json;
    }

    private Optional<SocketPacket> await(SocketPacket packet, int count) {
        waiting = packet;
        missing = count;
        attachedBytes = 0;
        return Optional.empty();
    }

    private Optional<SocketPacket> attach(byte[] bytes) {
        attachedBytes += bytes.length;
        if (attachedBytes > MAX_ATTACHED_BYTES) {
            waiting = null;
            attachments.clear();
            return Optional.empty();
        }
        attachments.add(bytes);
        return --missing > 0 ? Optional.empty() : complete();
    }

    private Optional<SocketPacket> complete() {
        SocketPacket packet = waiting;
        JsonNode whole = attached(packet.data(), new HashSet<>());
        waiting = null;
        attachments.clear();
        return whole.isMissingNode()
                ? Optional.empty()
                : Optional.of(new SocketPacket(packet.type(), packet.namespace(), packet.id(), whole));
    }

    /** The value with its bytes in place; missing where a placeholder stands for none, or for those of another one. */
    private JsonNode attached(JsonNode value, Set<Integer> used) {
        if (value.path(PLACEHOLDER).asBoolean()) {
            int number = value.path("num").asInt(-1);
            return number >= 0 && number < attachments.size() && used.add(number)
                    ? BinaryNode.valueOf(attachments.get(number))
                    : MissingNode.getInstance();
        } else if (value.isArray()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            for (JsonNode element : value) {
                JsonNode whole = attached(element, used);
                if (whole.isMissingNode()) {
                    return whole;
                }
                array.add(whole);
            }
            return array;
        } else if (value.isObject()) {
            ObjectNode object = Json.MAPPER.createObjectNode();
            for (var field : value.properties()) {
                JsonNode whole = attached(field.getValue(), used);
                if (whole.isMissingNode()) {
                    return whole;
                }
                object.set(field.getKey(), whole);
            }
            return object;
        }
        return value;
    }

    private static int digitsEnd(String message, int from) {
        int end = from;
        while (end < message.length() && message.charAt(end) >= '0' && message.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
