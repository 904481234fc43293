package siodiag.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import siodiag.core.Json;

/** MessagePack packets as Node and Python send them, and what a stranger may send. */
class MessagePackCodecTest {
    /** {@code {type: 0, nsp: "/"}}. */
    private static final String CONNECT = "82a47479706500a36e7370a12f";

    private final MessagePackCodec codec = new MessagePackCodec();

    @Test
    void a_connect_without_credentials_has_no_data() {
        assertEquals(List.of(message(CONNECT)), codec.encode(SocketPacket.connect("/", "")));
    }

    @Test
    void an_answer_of_node_is_read_with_its_undefined_id() {
        SocketPacket packet = decode("83a47479706500a46461746182a3736964a26162a3706964d40000a36e7370a12f");
        assertEquals(new SocketPacket(SocketPacket.CONNECT, "/", null, Json.parse("{\"sid\":\"ab\"}")), packet);
    }

    @Test
    void a_refusal_of_python_is_read() {
        SocketPacket packet = decode("83a47479706504a464617461b1556e61626c6520746f20636f6e6e656374a36e7370a22f78");
        assertEquals(SocketPacket.CONNECT_ERROR, packet.type());
        assertEquals("/x", packet.namespace());
        assertEquals("\"Unable to connect\"", packet.json());
    }

    @Test
    void bytes_stand_where_they_belong() {
        SocketPacket packet = decode("83a47479706502a46461746192a2686982a16101a162c4020102a36e7370a12f");
        assertEquals(BinaryNode.valueOf(new byte[] {1, 2}), packet.data().get(1).get("b"));
    }

    @Test
    void what_was_encoded_is_decoded_again() {
        ArrayNode data = Json.MAPPER
                .createArrayNode()
                .add("e")
                .add(true)
                .addNull()
                .add(-3L)
                .add(1L << 40)
                .add(0.5)
                .add("ü\u0000😀")
                .add(BinaryNode.valueOf(new byte[300]))
                .add("x".repeat(70_000));
        data.addObject().putArray("deep").addObject().put("x", "y");
        SocketPacket packet = new SocketPacket(SocketPacket.ACK, "/a", 12L, data);
        SocketPacket back = codec.decode(codec.encode(packet).get(0)).orElseThrow();
        assertEquals(packet.json(), back.json());
        assertEquals(List.of(3, "/a", 12L), List.of(back.type(), back.namespace(), back.id()));
    }

    @Test
    void dates_are_text_whichever_extension_has_them() {
        assertEquals(
                "[\"1970-01-01T00:00:01Z\"]", event("91d70000000000000003e8").toString());
        assertEquals("[\"1970-01-01T00:00:01Z\"]", event("91d6ff00000001").toString());
    }

    @Test
    void what_is_no_packet_is_none() {
        for (String hex : List.of(
                "",
                "00",
                "c0",
                "90",
                "80",
                "81a47479706500",
                "82a47479706507a36e7370a12f",
                "82a474797065a130a36e7370a12f",
                "82a47479706500a36e737001",
                CONNECT + "00",
                CONNECT.substring(0, 20),
                "c1")) {
            assertEquals(Optional.empty(), codec.decode(message(hex)), hex);
        }
        assertEquals(Optional.empty(), codec.decode("40"));
        assertEquals(Optional.empty(), codec.decode("b!?"));
    }

    @Test
    void lengths_that_promise_more_than_there_is_are_refused_at_once() {
        for (String hex : List.of(
                "dd7fffffff",
                "ddffffffff",
                "df40000000",
                "dfffffffff",
                "dbffffffff",
                "db7fffffff",
                "c67fffffff",
                "c97fffffff00",
                "c97fffffffff",
                "c9ffffffff01",
                "c703ff000000")) {
            assertEquals(Optional.empty(), codec.decode(message("82a47479706502a36e7370" + hex)), hex);
            assertEquals(Optional.empty(), codec.decode(message(hex)), hex);
        }
    }

    @Test
    void depth_has_an_end() {
        assertEquals(Optional.empty(), codec.decode(message("91".repeat(1_000_000))));
        assertEquals(Optional.empty(), codec.decode(message("81".repeat(1_000_000))));
    }

    @Test
    void no_damage_to_a_packet_is_more_than_another_packet_or_none() {
        byte[] sound = HexFormat.of()
                .parseHex("84a47479706502a46461746194a2686982a16101a162c4020102d6ff00000001d70000000000000003e8"
                        + "a36e7370a12fa2696407");
        assertTrue(codec.decode(EngineSession.binary(sound)).isPresent());
        Random random = new Random(4);
        for (int i = 0; i < 200_000; i++) {
            byte[] damaged = sound.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            codec.decode(EngineSession.binary(damaged))
                    .ifPresent(packet -> assertTrue(packet.type() <= SocketPacket.CONNECT_ERROR));
        }
    }

    private JsonNode event(String data) {
        return decode("83a47479706502a464617461" + data + "a36e7370a12f").data();
    }

    private SocketPacket decode(String hex) {
        return codec.decode(message(hex)).orElseThrow();
    }

    private static String message(String hex) {
        return EngineSession.binary(HexFormat.of().parseHex(hex));
    }
}
