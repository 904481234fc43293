package siodiag.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One Socket.IO packet on its way out, encoded once however many clients it goes to: its Engine.IO packets for
 * polling clients, and its WebSocket frames as bytes.
 */
final class OutboundPacket {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;

    private final List<EnginePacket> packets;
    private final Map<EngineVersion, byte[]> encoded = new EnumMap<>(EngineVersion.class);

    OutboundPacket(List<EnginePacket> packets) {
        this.packets = packets;
    }

    static OutboundPacket of(EnginePacket packet) {
        return new OutboundPacket(List.of(packet));
    }

    /** A Socket.IO packet without attachments. */
    static OutboundPacket of(String socketPacket) {
        return of(EnginePacket.message(socketPacket));
    }

    static OutboundPacket of(String socketPacket, List<byte[]> attachments) {
        if (attachments.isEmpty()) {
            return of(socketPacket);
        }
        List<EnginePacket> packets = new ArrayList<>(attachments.size() + 1);
        packets.add(EnginePacket.message(socketPacket));
        attachments.forEach(bytes -> packets.add(EnginePacket.binary(bytes)));
        return new OutboundPacket(packets);
    }

    List<EnginePacket> packets() {
        return packets;
    }

    int size() {
        return packets.stream().mapToInt(EnginePacket::size).sum();
    }

    /** Unmasked, unfragmented frames (RFC 6455, section 5.2). */
    byte[] webSocket(EngineVersion version) {
        return encoded.computeIfAbsent(version, this::encode);
    }

    private byte[] encode(EngineVersion version) {
        ByteBuf frames = Unpooled.buffer(size() + 16);
        for (EnginePacket packet : packets) {
            if (packet.isBinary()) {
                append(frames, BINARY, version.frame(packet.binary()));
            } else {
                append(frames, TEXT, (packet.type() + packet.text()).getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = new byte[frames.readableBytes()];
        frames.readBytes(bytes);
        return bytes;
    }

    private static void append(ByteBuf frames, int opcode, byte[] payload) {
        frames.writeByte(opcode);
        if (payload.length < 126) {
            frames.writeByte(payload.length);
        } else if (payload.length < 65_536) {
            frames.writeByte(126).writeShort(payload.length);
        } else {
            frames.writeByte(127).writeLong(payload.length);
        }
        frames.writeBytes(payload);
    }
}
