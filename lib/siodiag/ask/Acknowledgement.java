package siodiag.ask;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import siodiag.core.Text;

/**
 * What the server said to an event.
 *
 * @param answer the acknowledgement's arguments, an array
 * @param millis from sending to the answer, in milliseconds
 * @param text   the answer for people: masked, control-safe and cut
 */
public record Acknowledgement(String event, JsonNode answer, double millis, String text) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s acknowledged in %.1f ms: %s", Text.quote(event, 80), millis, text);
    }
}
