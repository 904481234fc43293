package siodiag;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What goes into a URL. */
final class Urls {
    private Urls() {
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
