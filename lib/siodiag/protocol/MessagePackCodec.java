package siodiag.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import siodiag.core.Json;

/**
 * The MessagePack parser: a packet is one binary message, the map {@code {type, data, nsp, id}}, with bytes where they
 * belong (socket.io-msgpack-parser 3, python-socketio's MsgPackPacket). What comes is read value by value, each length
 * held against the bytes that are there: the library's own reading of whole values has no limit of depth or size.
 */
public final class MessagePackCodec implements PacketCodec {
    private static final int MAX_DEPTH = 200;
    private static final int BINARY_EVENT = 5;
    private static final int BINARY_ACK = 6;
    /** The extension that JavaScript's notepack.io has for {@code undefined} (one byte) and for dates (eight). */
    private static final byte JAVASCRIPT = 0;
    /** The extension that the MessagePack specification has for points in time. */
    private static final byte TIMESTAMP = -1;

    @Override
    public List<String> encode(SocketPacket packet) {
        ObjectNode map = Json.MAPPER.createObjectNode().put("type", packet.type());
        if (!packet.data().isMissingNode()) {
            map.set("data", packet.data());
        }
        map.put("nsp", packet.namespace());
        if (packet.id() != null) {
            map.put("id", packet.id());
        }
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            write(map, out);
            return List.of(EngineSession.binary(out.toByteArray()));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Optional<SocketPacket> decode(String message) {
        return EngineSession.isBinary(message)
                ? EngineSession.bytes(message).flatMap(MessagePackCodec::packet)
                : Optional.empty();
    }

    private static Optional<SocketPacket> packet(byte[] bytes) {
        JsonNode map;
        try (MessageUnpacker in = new MessagePack.UnpackerConfig()
                .withStringSizeLimit(bytes.length)
                .newUnpacker(bytes)) {
            map = new Reader(in, bytes.length).whole();
        } catch (IOException | MessagePackException notMessagePack) {
            return Optional.empty();
        }
        int type = map.path("type").asInt(-1);
        JsonNode id = map.path("id");
        boolean known = map.path("type").isIntegralNumber()
                && type >= SocketPacket.CONNECT
                && type <= BINARY_ACK
                && map.path("nsp").isTextual();
        return !known
                ? Optional.empty()
                : Optional.of(new SocketPacket(
                        type >= BINARY_EVENT ? type - BINARY_EVENT + SocketPacket.EVENT : type,
                                map.path("nsp").asText(),
                        id.canConvertToLong() ? (Long) id.asLong() : null, map.path("data")));
    }

    private static void write(JsonNode value, MessageBufferPacker out) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                out.packMapHeader(value.size());
                for (var field : value.properties()) {
                    out.packString(field.getKey());
                    write(field.getValue(), out);
                }
            }
            case ARRAY -> {
                out.packArrayHeader(value.size());
                for (JsonNode element : value) {
                    write(element, out);
                }
            }
            case BINARY -> out.packBinaryHeader(value.binaryValue().length).writePayload(value.binaryValue());
            case STRING -> out.packString(value.asText());
            case BOOLEAN -> out.packBoolean(value.asBoolean());
            case NUMBER -> {
                if (value.canConvertToLong() && value.isIntegralNumber()) {
                    out.packLong(value.asLong());
                } else {
                    out.packDouble(value.asDouble());
                }
            }
            default -> out.packNil();
        }
    }

    /** @param length how many bytes there are: no header may promise more */
    private record Reader(MessageUnpacker in, int length) {

        JsonNode whole() throws IOException {
            JsonNode value = value(0);
            require(!in.hasNext());
            return value;
        }

        /** The next value; missing for JavaScript's {@code undefined}. */
        private JsonNode value(int depth) throws IOException {
            require(depth <= MAX_DEPTH && in.hasNext());
            MessageFormat format = in.getNextFormat();
            return switch (format.getValueType()) {
                case BOOLEAN -> BooleanNode.valueOf(in.unpackBoolean());
                case INTEGER ->
                    format == MessageFormat.UINT64
                            ? BigIntegerNode.valueOf(in.unpackBigInteger())
                            : LongNode.valueOf(in.unpackLong());
                case FLOAT -> DoubleNode.valueOf(in.unpackDouble());
                case STRING -> TextNode.valueOf(in.unpackString());
                case BINARY -> BinaryNode.valueOf(bytes(in.unpackBinaryHeader()));
                case ARRAY -> array(in.unpackArrayHeader(), depth);
                case MAP -> map(in.unpackMapHeader(), depth);
                case EXTENSION -> extension(in.unpackExtensionTypeHeader());
                case NIL -> {
                    in.unpackNil();
                    yield NullNode.getInstance();
                }
            };
        }

        private ArrayNode array(int size, int depth) throws IOException {
            requireBytes(size);
            ArrayNode array = Json.MAPPER.createArrayNode();
            for (int i = 0; i < size; i++) {
                JsonNode element = value(depth + 1);
                array.add(element.isMissingNode() ? NullNode.getInstance() : element);
            }
            return array;
        }

        private ObjectNode map(int size, int depth) throws IOException {
            requireBytes(2L * size);
            ObjectNode map = Json.MAPPER.createObjectNode();
            for (int i = 0; i < size; i++) {
                JsonNode key = value(depth + 1);
                require(key.isValueNode());
                JsonNode value = value(depth + 1);
                if (!value.isMissingNode()) {
                    map.set(key.asText(), value);
                }
            }
            return map;
        }

        private JsonNode extension(ExtensionTypeHeader header) throws IOException {
            requireBytes(header.getLength());
            if (header.getType() == TIMESTAMP) {
                return TextNode.valueOf(in.unpackTimestamp(header).toString());
            }
            byte[] bytes = bytes(header.getLength());
            if (header.getType() == JAVASCRIPT && bytes.length == 1) {
                return MissingNode.getInstance();
            }
            return header.getType() == JAVASCRIPT && bytes.length == Long.BYTES
                    ? TextNode.valueOf(
                            Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong())
                                    .toString())
                    : BinaryNode.valueOf(bytes);
        }

        private byte[] bytes(int size) throws IOException {
            requireBytes(size);
            return in.readPayload(size);
        }

        private void requireBytes(long size) throws IOException {
            require(size >= 0 && size <= length - in.getTotalReadBytes());
        }

        private static void require(boolean condition) throws IOException {
            if (!condition) {
                throw new IOException("not the MessagePack of a packet");
            }
        }
    }
}
