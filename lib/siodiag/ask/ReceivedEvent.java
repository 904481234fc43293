package siodiag.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import siodiag.core.Json;
import siodiag.core.Redactor;
import siodiag.core.Text;

/**
 * An event that came.
 *
 * @param at   the time of arrival, on this machine's clock
 * @param args all arguments, an array
 * @param size of the arguments as JSON, in characters
 * @param text the arguments for people: masked, control-safe and cut
 */
public record ReceivedEvent(LocalTime at, String namespace, String name, JsonNode args, int size, String text) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final int MAX_LENGTH = 400;
    private static final int MAX_NAME = 80;

    /** @param packet the packet's array: the event's name, then the arguments */
    static ReceivedEvent of(String namespace, String name, JsonNode packet, Redactor secrets) {
        ArrayNode args = Json.MAPPER.createArrayNode();
        for (int i = 1; i < packet.size(); i++) {
            args.add(packet.get(i));
        }
        String json = args.toString();
        return new ReceivedEvent(
                LocalTime.now(ZoneId.systemDefault()),
                namespace,
                name,
                args,
                json.length(),
                Text.cut(secrets.hide(json), MAX_LENGTH));
    }

    /** The first argument, most often the only one; a missing node where there is none. */
    public JsonNode data() {
        return args.path(0);
    }

    @Override
    public String toString() {
        return CLOCK.format(at) + "  " + Text.cut(namespace, MAX_NAME) + "  " + Text.cut(name, MAX_NAME) + "  " + text;
    }
}
