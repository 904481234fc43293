package siodiag.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A parser, as Socket.IO calls it: between a packet and the Engine.IO packets that carry it. Each session has one of its
 * own, because a packet may have to wait for its attachments.
 */
public interface PacketCodec {

    /** The Engine.IO packets, to be sent together and in this order; a binary one as {@link EngineSession#binary} has it. */
    List<String> encode(SocketPacket packet);

    /** The packet that this Engine.IO packet completes; nothing where it is none, or where more has to come. */
    Optional<SocketPacket> decode(String message);
}
