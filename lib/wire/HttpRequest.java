package siodiag;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP request before it is sent.
 *
 * @param target path and query
 */
record HttpRequest(String method, String target, Map<String, String> headers, byte[] body) {

    static HttpRequest get(String target, Map<String, String> headers) {
        return new HttpRequest("GET", target, headers, new byte[0]);
    }

    static HttpRequest post(String target, Map<String, String> headers, byte[] body) {
        return new HttpRequest("POST", target, headers, body);
    }

    HttpRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpRequest(method, target, more, body);
    }
}
