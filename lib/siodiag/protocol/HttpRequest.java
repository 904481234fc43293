package siodiag.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP request before it is sent.
 *
 * @param target path and query
 */
public record HttpRequest(String method, String target, Map<String, String> headers, byte[] body) {

    public static HttpRequest get(String target, Map<String, String> headers) {
        return new HttpRequest("GET", target, headers, new byte[0]);
    }

    public static HttpRequest post(String target, Map<String, String> headers, byte[] body) {
        return new HttpRequest("POST", target, headers, body);
    }

    public HttpRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpRequest(method, target, more, body);
    }
}
