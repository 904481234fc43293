package siodiag.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import siodiag.core.Json;

/** The default parser: packets as the Socket.IO protocol's own examples have them, bytes, and what a stranger may send. */
class TextCodecTest {
    private static final byte[] BYTES = {1, 2, (byte) 0xff};
    private static final String ATTACHMENT = "bAQL/";

    private final TextCodec codec = new TextCodec();

    @Test
    void a_packet_without_bytes_is_one_text_message() {
        assertEquals(List.of("40"), codec.encode(SocketPacket.connect("/", "")));
        assertEquals(
                List.of("40/admin,{\"token\":\"t\"}"),
                codec.encode(SocketPacket.connect("/admin", "{\"token\":\"t\"}")));
        assertEquals(
                List.of("42/admin,456[\"foo\",1]"),
                codec.encode(new SocketPacket(SocketPacket.EVENT, "/admin", 456L, json("[\"foo\",1]"))));
    }

    @Test
    void what_was_encoded_is_decoded_again() {
        SocketPacket packet = new SocketPacket(SocketPacket.ACK, "/a", 7L, json("[{\"deep\":[1,null,\"x\"]}]"));
        assertEquals(Optional.of(packet), decode(codec.encode(packet)));
        assertEquals(
                Optional.of(new SocketPacket(SocketPacket.DISCONNECT, "/", null, MissingNode.getInstance())),
                codec.decode("41"));
    }

    @Test
    void bytes_travel_behind_their_packet_in_place_of_placeholders() {
        SocketPacket packet = new SocketPacket(
                SocketPacket.EVENT,
                "/",
                null,
                Json.MAPPER
                        .createArrayNode()
                        .add("shot")
                        .add(Json.MAPPER.createObjectNode().put("name", "x").set("png", BinaryNode.valueOf(BYTES))));
        List<String> messages = codec.encode(packet);
        assertEquals(
                List.of("451-[\"shot\",{\"name\":\"x\",\"png\":{\"_placeholder\":true,\"num\":0}}]", ATTACHMENT),
                messages);
        assertEquals(Optional.of(packet), decode(messages));
    }

    @Test
    void bytes_in_an_acknowledgement_come_back_as_an_acknowledgement() throws Exception {
        assertEquals(Optional.empty(), codec.decode("461-/a,3[{\"_placeholder\":true,\"num\":0}]"));
        SocketPacket packet = codec.decode(ATTACHMENT).orElseThrow();
        assertEquals(SocketPacket.ACK, packet.type());
        assertEquals(3L, packet.id());
        assertArrayEquals(BYTES, packet.data().get(0).binaryValue());
    }

    @Test
    void base64_in_lines_is_read_as_netty_breaks_it() {
        codec.decode("451-[\"e\",{\"_placeholder\":true,\"num\":0}]");
        assertTrue(codec.decode("bAQ\r\nL/").isPresent());
    }

    @Test
    void attachments_that_never_come_cost_their_packet_and_no_other() {
        codec.decode("451-[\"lost\",{\"_placeholder\":true,\"num\":0}]");
        assertEquals("[\"next\"]", codec.decode("42[\"next\"]").orElseThrow().json());
        assertEquals(Optional.empty(), codec.decode(ATTACHMENT));
    }

    @Test
    void what_is_no_message_comes_between_and_changes_nothing() {
        codec.decode("451-[\"e\",{\"_placeholder\":true,\"num\":0}]");
        assertEquals(Optional.empty(), codec.decode("6"));
        assertTrue(codec.decode(ATTACHMENT).isPresent());
    }

    @Test
    void a_placeholder_for_nothing_or_for_the_bytes_of_another_is_no_packet() {
        codec.decode("451-[\"e\",{\"_placeholder\":true,\"num\":1}]");
        assertEquals(Optional.empty(), codec.decode(ATTACHMENT));
        codec.decode("451-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]");
        assertEquals(Optional.empty(), codec.decode(ATTACHMENT));
        codec.decode("451-[\"e\",{\"_placeholder\":true,\"num\":\"0\"},{\"_placeholder\":true}]");
        assertEquals(Optional.empty(), codec.decode(ATTACHMENT));
    }

    @Test
    void more_attachments_than_anybody_sends_are_not_waited_for() {
        assertEquals(Optional.empty(), codec.decode("459999-[\"e\"]"));
        assertEquals(Optional.empty(), codec.decode(ATTACHMENT));
        codec.decode("4564-[\"e\"]");
        String large = EngineSession.binary(new byte[3 * 1024 * 1024]);
        for (int i = 0; i < 64; i++) {
            assertEquals(Optional.empty(), codec.decode(large));
        }
    }

    @Test
    void what_is_no_packet_is_none() {
        for (String message : List.of(
                "",
                "4",
                "2",
                "3",
                "48",
                "4x",
                "45[\"e\"]",
                "451[\"e\"]",
                "45-1[\"e\"]",
                "b",
                "b!",
                "42" + "9".repeat(19) + "[\"e\"]")) {
            assertEquals(Optional.empty(), codec.decode(message), message);
        }
    }

    @Test
    void a_payload_that_is_no_json_is_kept_as_text() {
        assertEquals(
                "no entry", codec.decode("44/a,no entry").orElseThrow().data().asText());
        assertEquals("[[[", codec.decode("42[[[").orElseThrow().data().asText());
        assertTrue(codec.decode("42" + "[".repeat(100_000)).orElseThrow().data().isTextual());
    }

    private Optional<SocketPacket> decode(List<String> messages) {
        Optional<SocketPacket> packet = Optional.empty();
        for (String message : messages) {
            packet = codec.decode(message);
        }
        return packet;
    }

    private static JsonNode json(String text) {
        return Json.parse(text);
    }
}
