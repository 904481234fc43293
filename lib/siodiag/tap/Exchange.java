package siodiag.tap;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import siodiag.traffic.HttpMessages;

/** A request with its answer, as far as they passed; their copies are taken before any header is changed. */
final class Exchange {
    private static final int MAX_ENGINE_BODY = 16 * 1024 * 1024;
    private static final int MAX_POSTED = 256 * 1024;
    private static final int MAX_ERROR = 2 * 1024;
    private static final int BAD_REQUEST = 400;

    private final HttpMessages.Request head;
    private final BodyCopy requestBody;
    private final String tap;
    private final String origin;
    private final long begun = System.nanoTime();
    private HttpResponse responseHead;
    private Map<String, String> responseHeaders = Map.of();
    private BodyCopy responseBody;

    Exchange(HttpRequest request) {
        this.head = new HttpMessages.Request(
                request.method().name(), request.uri(), copy(request.headers()), new byte[0], true, 0);
        this.requestBody =
                new BodyCopy(head.isEngine() ? MAX_ENGINE_BODY : head.method().equals("POST") ? MAX_POSTED : 0);
        this.tap = head.headers().getOrDefault("host", "");
        this.origin = head.headers().get("origin");
    }

    boolean isEngine() {
        return head.isEngine();
    }

    boolean isUpgrade() {
        return "websocket".equalsIgnoreCase(head.headers().get("upgrade"));
    }

    /** Whether the server may hold the answer back as long as it likes. */
    boolean isLongPoll() {
        return isEngine()
                && !isUpgrade()
                && head.method().equals("GET")
                && head.uri().contains("sid=");
    }

    /** The address that the client knows the tap by. */
    String tap() {
        return tap;
    }

    /** The client's origin, null where it sent none. */
    String origin() {
        return origin;
    }

    double waitedSeconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    BodyCopy requestBody() {
        return requestBody;
    }

    /** The request without its body. */
    HttpMessages.Request head() {
        return head;
    }

    HttpMessages.Request request() {
        return new HttpMessages.Request(
                head.method(),
                head.uri(),
                head.headers(),
                requestBody.bytes(),
                requestBody.isWhole(),
                System.currentTimeMillis());
    }

    void answered(HttpResponse response) {
        responseHead = response;
        responseHeaders = copy(response.headers());
        int status = response.status().code();
        responseBody = new BodyCopy(isEngine() ? MAX_ENGINE_BODY : status >= BAD_REQUEST ? MAX_ERROR : 0);
    }

    boolean isAnswered() {
        return responseHead != null;
    }

    int status() {
        return responseHead.status().code();
    }

    BodyCopy responseBody() {
        return responseBody;
    }

    HttpMessages.Response response() {
        return new HttpMessages.Response(
                status(), responseHeaders, responseBody.bytes(), responseBody.isWhole(), System.currentTimeMillis());
    }

    private static Map<String, String> copy(HttpHeaders headers) {
        Map<String, String> copy = new LinkedHashMap<>();
        headers.iteratorAsString()
                .forEachRemaining(header -> copy.merge(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue(),
                        (one, other) -> one + ", " + other));
        return copy;
    }
}
