package siodiag.traffic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import siodiag.core.MalformedInputException;
import siodiag.protocol.Handshake;
import siodiag.server.EnginePacket;
import siodiag.server.EngineVersion;

/** The packets in the body of a polling request or of its answer. */
final class PollingBody {
    private PollingBody() {}

    /** The body as text, without its compression; empty where that can't be undone. */
    static String text(byte[] body, String coding) {
        return ContentCoding.plain(body, coding)
                .map(plain -> new String(plain, StandardCharsets.UTF_8))
                .orElse("");
    }

    /** Nothing where the body was not kept whole, or its compression can't be undone. @throws MalformedInputException */
    static Optional<List<EnginePacket>> packets(
            EngineVersion version, Map<String, String> headers, byte[] body, boolean whole) {
        Optional<byte[]> plain = whole ? ContentCoding.plain(body, headers.get("content-encoding")) : Optional.empty();
        return plain.map(bytes -> packets(version, headers, bytes));
    }

    private static List<EnginePacket> packets(EngineVersion version, Map<String, String> headers, byte[] body) {
        boolean binary = String.valueOf(headers.get("content-type")).startsWith("application/octet-stream");
        if (body.length == 0) {
            return List.of();
        }
        return version == EngineVersion.EIO3 && binary
                ? EngineVersion.decodeBinary3(body)
                : version.decode(new String(body, StandardCharsets.UTF_8));
    }

    /** The packets of the answer to a handshake as texts: of either version, which only the answer tells; at least one. */
    static List<String> ofHandshake(HttpMessages.Response response) {
        String coding = response.header("content-encoding");
        String text = text(response.body(), coding);
        if (!Handshake.isOld(text)) {
            return List.of(text.split("\u001e", -1));
        }
        List<String> packets = new ArrayList<>();
        try {
            List<EnginePacket> old = text.charAt(0) < 10
                    ? EngineVersion.decodeBinary3(
                            ContentCoding.plain(response.body(), coding).orElseThrow())
                    : EngineVersion.EIO3.decode(text);
            old.forEach(packet -> packets.add(packet.type() + packet.text()));
        } catch (MalformedInputException cut) {
            packets.add(text);
        }
        return packets;
    }
}
