package siodiag.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;
import siodiag.protocol.EngineSession;
import siodiag.protocol.MessagePackCodec;
import siodiag.protocol.SocketPacket;
import siodiag.server.ServerPacket;

/** Socket.IO packets of one direction of a session: the default parser with its attachments, or MessagePack. */
final class PacketReader {
    private static final int MAX_ATTACHED = 16 * 1024 * 1024;
    private static final MessagePackCodec MESSAGE_PACK = new MessagePackCodec();

    private final LastPacket last;
    private final List<byte[]> attachments = new ArrayList<>();
    private ServerPacket waiting;
    private int attached;

    /** A broadcast passes once for each receiver: what was parsed last, in whichever session, is most often the same again. */
    static final class LastPacket {
        private String text;
        private ServerPacket packet;

        ServerPacket read(String message) {
            if (!message.equals(text)) {
                packet = ServerPacket.read(message);
                text = message;
            }
            return packet;
        }
    }

    PacketReader(LastPacket last) {
        this.last = last;
    }

    /** A packet with its attachments. @param bytes what the payload took */
    record Read(ServerPacket packet, List<byte[]> binary, int bytes, boolean messagePack) {}

    /** The packet that a text message completes; nothing where attachments have to come. @throws MalformedInputException */
    Optional<Read> text(String message) {
        boolean cutShort = waiting != null;
        waiting = null;
        attachments.clear();
        ServerPacket packet = last.read(message);
        if (packet.attachments() > 0) {
            waiting = packet;
            attached = 0;
            if (!cutShort) {
                return Optional.empty();
            }
        }
        if (cutShort) {
            throw new MalformedInputException("a packet whose attachments did not come");
        }
        return Optional.of(new Read(packet, List.of(), packet.payload().length(), false));
    }

    /** @throws MalformedInputException where it is neither an attachment that was announced nor MessagePack */
    Optional<Read> binary(byte[] bytes) {
        if (waiting == null) {
            return Optional.of(MESSAGE_PACK
                    .decode(EngineSession.binary(bytes))
                    .map(packet -> new Read(translated(packet), List.of(), bytes.length, true))
                    .orElseThrow(() -> new MalformedInputException("a binary message that no packet announced")));
        }
        attached += bytes.length;
        if (attached > MAX_ATTACHED) {
            waiting = null;
            attachments.clear();
            throw new MalformedInputException("attachments of more than " + MAX_ATTACHED + " bytes");
        }
        attachments.add(bytes);
        if (attachments.size() < waiting.attachments()) {
            return Optional.empty();
        }
        ServerPacket packet = waiting;
        waiting = null;
        Read read = new Read(packet, List.copyOf(attachments), packet.payload().length() + attached, false);
        attachments.clear();
        return Optional.of(read);
    }

    private static ServerPacket translated(SocketPacket packet) {
        List<String> elements = new ArrayList<>();
        if (packet.data().isArray()) {
            for (JsonNode element : packet.data()) {
                elements.add(element.toString());
            }
        }
        return new ServerPacket(
                ServerPacket.Type.of(packet.type()),
                packet.namespace(),
                packet.id() == null ? -1 : packet.id(),
                0,
                packet.data().isMissingNode() ? "" : packet.data().toString(),
                packet.type() == SocketPacket.EVENT || packet.data().isArray() ? elements : List.of(),
                "");
    }

    /** Whether a payload is an object or a text, as a CONNECT or its refusal has. */
    static String asArray(String payload) {
        return payload.isEmpty() ? null : JsonText.array(List.of(payload));
    }
}
