package siodiag.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HTTP answers for tests of what is read off them. */
public final class Replies {
    private Replies() {}

    /** @param headers names in lower case and values, one after the other; a name may come again */
    public static HttpReply reply(int status, String body, String... headers) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.computeIfAbsent(headers[i], name -> new ArrayList<>()).add(headers[i + 1]);
        }
        return new HttpReply(status, "", all, body, false);
    }
}
