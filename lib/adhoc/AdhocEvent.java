package siodiag;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * An event that came.
 *
 * @param at   the time of arrival, on this machine's clock
 * @param args all arguments, an array
 * @param size of the arguments as JSON, in characters
 * @param text the arguments for people: masked, control-safe and cut
 */
public record AdhocEvent(LocalTime at, String namespace, String name, JsonNode args, int size, String text) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final int LONGEST = 400;
    private static final int LONGEST_NAME = 80;

    /** @param packet the packet's array: the event's name, then the arguments */
    static AdhocEvent of(String namespace, String name, JsonNode packet, Secrets secrets) {
        ArrayNode args = Json.MAPPER.createArrayNode();
        for (int i = 1; i < packet.size(); i++) {
            args.add(packet.get(i));
        }
        String json = args.toString();
        return new AdhocEvent(LocalTime.now(), namespace, name, args, json.length(),
                Text.cut(secrets.hide(json), LONGEST));
    }

    /** The first argument, most often the only one; a missing node where there is none. */
    public JsonNode data() {
        return args.path(0);
    }

    @Override
    public String toString() {
        return CLOCK.format(at) + "  " + Text.cut(namespace, LONGEST_NAME) + "  " + Text.cut(name, LONGEST_NAME) + "  "
                + text;
    }
}
