package siodiag.hook.javaclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.socket.parser.DecodingException;
import io.socket.parser.Packet;
import io.socket.parser.Parser.Decoder;
import io.socket.parser.Parser.Encoder;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import siodiag.core.Json;
import siodiag.core.Text;
import siodiag.protocol.EngineSession;
import siodiag.protocol.MessagePackCodec;
import siodiag.protocol.PacketCodec;
import siodiag.protocol.SocketPacket;

/** MessagePack for the official Java client, which has the default parser only: the codec of the raw client, in its types. */
final class MessagePackParser implements Encoder, Decoder {
    private static final int NO_ID = -1;
    /** The library counts from 0, and python-socketio before 5.11.3 leaves an id of 0 out of its acknowledgement. */
    private static final int FIRST_ID = 1;

    private final PacketCodec codec = new MessagePackCodec();
    private final TransportTrace trace;
    private Decoder.Callback decoded;

    MessagePackParser(TransportTrace trace) {
        this.trace = trace;
    }

    @Override
    public void encode(@SuppressWarnings("rawtypes") Packet packet, Encoder.Callback callback) {
        JsonNode data = packet.data == null ? MissingNode.getInstance() : tree(packet.data);
        List<String> messages = codec.encode(new SocketPacket(
                packet.type, packet.nsp, packet.id == NO_ID ? null : (Long) (long) (packet.id + FIRST_ID), data));
        callback.call(messages.stream()
                .map(message -> EngineSession.bytes(message).orElseThrow())
                .toArray());
    }

    @Override
    public void add(String text) {
        throw undecodable("text " + Text.quote(text, 80));
    }

    @Override
    public void add(byte[] message) {
        String what = "a message of " + Text.count(message.length, "byte");
        SocketPacket packet = codec.decode(EngineSession.binary(message)).orElseThrow(() -> undecodable(what));
        try {
            decoded.call(library(packet));
        } catch (RuntimeException | StackOverflowError unexpected) { // would end the library's event thread
            throw undecodable(what);
        }
    }

    @Override
    public void onDecoded(Decoder.Callback callback) {
        decoded = callback;
    }

    @Override
    public void destroy() {
        decoded = packet -> {};
    }

    private DecodingException undecodable(String what) {
        trace.note("not a MessagePack packet: " + what);
        return new DecodingException("not a MessagePack packet");
    }

    private static Packet<Object> library(SocketPacket from) {
        Packet<Object> packet = new Packet<>(from.type(), from.data().isMissingNode() ? null : value(from.data()));
        packet.nsp = from.namespace();
        packet.id = from.id() == null ? NO_ID : Math.toIntExact(from.id()) - FIRST_ID;
        return packet;
    }

    private static JsonNode tree(Object value) {
        if (value instanceof JSONObject object) {
            ObjectNode tree = Json.MAPPER.createObjectNode();
            object.keySet().forEach(name -> tree.set(name, tree(object.get(name))));
            return tree;
        } else if (value instanceof JSONArray array) {
            ArrayNode tree = Json.MAPPER.createArrayNode();
            array.forEach(element -> tree.add(tree(element)));
            return tree;
        }
        return value == null || value == JSONObject.NULL ? NullNode.getInstance() : Json.MAPPER.valueToTree(value);
    }

    private static Object value(JsonNode tree) {
        if (tree.isObject()) {
            JSONObject object = new JSONObject();
            tree.properties().forEach(field -> object.put(field.getKey(), value(field.getValue())));
            return object;
        } else if (tree.isArray()) {
            JSONArray array = new JSONArray();
            tree.forEach(element -> array.put(value(element)));
            return array;
        } else if (tree instanceof BinaryNode bytes) {
            return bytes.binaryValue();
        }
        return tree.isNumber()
                ? tree.numberValue()
                : tree.isBoolean() ? (Object) tree.booleanValue() : tree.isNull() ? JSONObject.NULL : tree.asText();
    }
}
