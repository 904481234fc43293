package siodiag.hook.javaclient;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import org.json.JSONTokener;
import siodiag.target.Flow;

/** JSON in the types of the official Java client: org.json, and arrays of bytes. */
public final class OrgJson {
    private OrgJson() {}

    /** The arguments as the Java client takes them. */
    public static Object[] of(List<JsonNode> args) {
        return args.stream().map(OrgJson::of).toArray();
    }

    public static Object of(JsonNode json) {
        if (json.isBinary()) {
            return binary(json);
        } else if (!Flow.Bytes.areIn(json)) {
            return new JSONTokener(json.toString()).nextValue();
        } else if (json.isArray()) {
            JSONArray array = new JSONArray();
            json.forEach(element -> array.put(of(element)));
            return array;
        }
        JSONObject object = new JSONObject();
        json.properties().forEach(field -> object.put(field.getKey(), of(field.getValue())));
        return object;
    }

    private static byte[] binary(JsonNode bytes) {
        try {
            return bytes.binaryValue();
        } catch (IOException notBytes) {
            throw new IllegalArgumentException(notBytes);
        }
    }
}
