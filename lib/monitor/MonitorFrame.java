package siodiag;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * One Socket.IO packet on its way out, encoded once however many clients it goes to: its Engine.IO packets for
 * polling clients, and its WebSocket frames as bytes.
 */
final class MonitorFrame {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;

    private final List<MonitorEnginePacket> packets;
    private final byte[][] encoded = new byte[MonitorEngineVersion.values().length][];

    MonitorFrame(List<MonitorEnginePacket> packets) {
        this.packets = packets;
    }

    static MonitorFrame of(MonitorEnginePacket packet) {
        return new MonitorFrame(List.of(packet));
    }

    /** A Socket.IO packet without attachments. */
    static MonitorFrame of(String socketPacket) {
        return of(MonitorEnginePacket.message(socketPacket));
    }

    static MonitorFrame of(String socketPacket, List<byte[]> attachments) {
        if (attachments.isEmpty()) {
            return of(socketPacket);
        }
        List<MonitorEnginePacket> packets = new ArrayList<>(attachments.size() + 1);
        packets.add(MonitorEnginePacket.message(socketPacket));
        attachments.forEach(bytes -> packets.add(MonitorEnginePacket.binary(bytes)));
        return new MonitorFrame(packets);
    }

    List<MonitorEnginePacket> packets() {
        return packets;
    }

    int size() {
        return packets.stream().mapToInt(MonitorEnginePacket::size).sum();
    }

    /** Unmasked, unfragmented frames (RFC 6455, section 5.2). */
    byte[] webSocket(MonitorEngineVersion version) {
        byte[] bytes = encoded[version.ordinal()];
        if (bytes == null) {
            bytes = encode(version);
            encoded[version.ordinal()] = bytes;
        }
        return bytes;
    }

    private byte[] encode(MonitorEngineVersion version) {
        ByteBuf frames = Unpooled.buffer(size() + 16);
        for (MonitorEnginePacket packet : packets) {
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
