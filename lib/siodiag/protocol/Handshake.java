package siodiag.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import siodiag.core.Json;

/**
 * The Engine.IO 4 open packet ({@code 0{…}}, see the Engine.IO protocol, "Handshake").
 *
 * @param pingIntervalMs milliseconds between the server's pings
 * @param pingTimeoutMs  milliseconds that either side waits beyond that
 * @param maxPayload     the server's limit in bytes; -1 where it announces none
 * @param raw            the packet as it came
 */
public record Handshake(
        String sid,
        List<String> upgrades,
        long pingIntervalMs,
        long pingTimeoutMs,
        long maxPayload,
        ServerFamily family,
        String raw) {

    /** The open packet of an answer over polling; nothing where it brings none. */
    public static Optional<Handshake> of(HttpReply reply) {
        return reply.status() != 200 || reply.cut()
                ? Optional.empty()
                : parse(reply.body().split("\u001e", 2)[0]);
    }

    /** The open packet, or nothing where the text is none or holds impossible values. */
    public static Optional<Handshake> parse(String packet) {
        if (!packet.startsWith("0{")) {
            return Optional.empty();
        }
        JsonNode json = Json.parse(packet.substring(1));
        JsonNode maxPayload = json.path("maxPayload");
        boolean sane = json.path("sid").isTextual()
                && !json.path("sid").asText().isBlank()
                && isPositive(json.path("pingInterval"))
                && isPositive(json.path("pingTimeout"))
                && (maxPayload.isMissingNode() || isPositive(maxPayload))
                && json.path("upgrades").isArray();
        if (!sane) {
            return Optional.empty();
        }
        List<String> upgrades = new ArrayList<>();
        json.path("upgrades").forEach(upgrade -> upgrades.add(upgrade.asText()));
        return Optional.of(new Handshake(
                json.path("sid").asText(),
                List.copyOf(upgrades),
                json.path("pingInterval").asLong(),
                json.path("pingTimeout").asLong(),
                maxPayload.asLong(-1),
                ServerFamily.of(json),
                packet));
    }

    /** Whether an answer is an Engine.IO 3 handshake: {@code 96:0{…}2:40}, or its binary form. */
    public static boolean isOld(String body) {
        boolean binary = !body.isEmpty() && body.charAt(0) < 10 && body.contains("0{\"sid\"");
        return binary || body.matches("(?s)\\d{1,4}:0\\{.*");
    }

    private static boolean isPositive(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong() && number.asLong() > 0;
    }
}
