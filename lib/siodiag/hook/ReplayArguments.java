package siodiag.hook;

import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import siodiag.hook.javaclient.OrgJson;
import siodiag.recording.RecordedEvent;

/** The arguments of a recorded event as the Java client takes them, its attachments in their places. */
final class ReplayArguments {
    private ReplayArguments() {}

    /** @throws org.json.JSONException where they are nested deeper than the client can send */
    static Object[] of(RecordedEvent event) {
        JSONArray args = (JSONArray) OrgJson.of(event.args());
        Object[] filled = new Object[args.length()];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = withAttachments(args.get(i), event.attachments());
        }
        return filled;
    }

    /** Puts the attachments in the places that the record keeps for them. */
    private static Object withAttachments(Object value, List<byte[]> attachments) {
        if (attachments.isEmpty()) {
            return value;
        }
        if (value instanceof JSONObject object) {
            int number = object.optBoolean("_placeholder") ? object.optInt("num", -1) : -1;
            if (number >= 0 && number < attachments.size()) {
                return attachments.get(number);
            }
            List.copyOf(object.keySet()).forEach(key -> object.put(key, withAttachments(object.get(key), attachments)));
        } else if (value instanceof JSONArray array) {
            for (int i = 0; i < array.length(); i++) {
                array.put(i, withAttachments(array.get(i), attachments));
            }
        }
        return value;
    }
}
