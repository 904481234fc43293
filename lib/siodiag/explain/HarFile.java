package siodiag.explain;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import siodiag.core.JsonText;
import siodiag.core.UsageException;
import siodiag.recording.RecordedEvent;
import siodiag.traffic.Cors;
import siodiag.traffic.Failure;
import siodiag.traffic.HttpMessages;
import siodiag.traffic.Traffic;

/**
 * A HAR (HTTP Archive 1.2) as Chrome and Firefox save it, with {@code _webSocketMessages}. What does not belong to Socket.IO is
 * passed over; what remains is brought into the order in which it happened.
 */
final class HarFile {
    private static final Map<String, Failure> ERRORS = Map.ofEntries(
            Map.entry("CONNECTION_REFUSED", Failure.REFUSED),
            Map.entry("NAME_NOT_RESOLVED", Failure.UNRESOLVED),
            Map.entry("CONNECTION_TIMED_OUT", Failure.CONNECT_TIMEOUT),
            Map.entry("CERT_DATE_INVALID", Failure.CERTIFICATE_EXPIRED),
            Map.entry("CERT_AUTHORITY_INVALID", Failure.CERTIFICATE_UNTRUSTED),
            Map.entry("CERT_COMMON_NAME_INVALID", Failure.CERTIFICATE_HOST),
            Map.entry("SSL_CLIENT_AUTH_CERT_NEEDED", Failure.CERTIFICATE_WANTED),
            Map.entry("SSL_PROTOCOL_ERROR", Failure.NOT_TLS),
            Map.entry("EMPTY_RESPONSE", Failure.NO_ANSWER),
            Map.entry("CONNECTION_RESET", Failure.NO_ANSWER),
            Map.entry("CONNECTION_CLOSED", Failure.NO_ANSWER),
            Map.entry("INVALID_HTTP_RESPONSE", Failure.NOT_HTTP),
            Map.entry("TIMED_OUT", Failure.SILENT));

    /** Beyond it, a point in time is one in milliseconds: the year 5138 in seconds. */
    private static final double LATEST_SECONDS = 1e11;

    private static final int SWITCHING = 101;

    private final List<Step> steps = new ArrayList<>();
    /** When a page was loaded, which ends the connections of the one before. */
    private final List<Long> pageLoads = new ArrayList<>();

    private final List<WebSocket> webSockets = new ArrayList<>();
    private URI server;

    /** Something that happened, to be told in its order. */
    private record Step(long at, Runnable action) {}

    private record WebSocket(long id, long lastAt) {}

    private final Traffic traffic;

    private HarFile(Traffic traffic) {
        this.traffic = traffic;
    }

    /** @throws UsageException where it is no HAR */
    static HarFile read(Path file, Traffic traffic) throws IOException {
        HarFile har = new HarFile(traffic);
        try (JsonParser parser = JsonText.MAPPER.getFactory().createParser(file.toFile())) {
            if (!har.toEntries(parser)) {
                throw new UsageException(file + ": neither a HAR nor a record of monitor or tap");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                har.entry(JsonText.MAPPER.readTree(parser));
            }
        } catch (JsonProcessingException malformed) {
            throw new UsageException(file + ": not valid JSON, or cut short");
        }
        har.play();
        return har;
    }

    /** Where the Socket.IO requests went; null where there were none. */
    URI server() {
        return server;
    }

    private boolean toEntries(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("entries") && value == JsonToken.START_ARRAY) {
                return true;
            } else if (!name.equals("log") || value != JsonToken.START_OBJECT) {
                parser.skipChildren();
            }
        }
        return false;
    }

    private void entry(JsonNode entry) {
        URI url = url(entry.path("request").path("url").asText());
        long began = time(entry.path("startedDateTime").asText());
        if (url == null || began == 0) {
            return;
        }
        long ended = began + (long) Math.max(0, entry.path("time").asDouble());
        if (entry.path("_resourceType").asText().equals("document")) {
            pageLoads.add(began);
        }
        HttpMessages.Request request = request(entry.path("request"), url, began);
        if (!request.isEngine() && !request.method().equals("POST")) {
            return;
        }
        if (request.isEngine() && server == null) {
            server = URI.create(url.getScheme().replaceFirst("^ws", "http") + "://" + url.getRawAuthority());
        }
        JsonNode messages = entry.path("_webSocketMessages");
        if (messages.isArray()) {
            webSocket(request, messages, entry.path("response"), began, ended);
        } else {
            exchange(request, entry.path("response"), began, ended);
        }
    }

    private void exchange(HttpMessages.Request request, JsonNode answer, long began, long ended) {
        add(began, () -> traffic.request(request));
        String error = Stream.of("_error", "_failureText")
                .map(name -> answer.path(name).asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        int status = answer.path("status").asInt();
        if (status > 0) {
            HttpMessages.Response response = new HttpMessages.Response(
                    status, headers(answer.path("headers")), body(answer.path("content")), true, ended);
            add(ended, () -> traffic.response(request, response));
        } else if (!error.isEmpty()) {
            String failure = failure(request, error);
            add(ended, () -> traffic.failed(request, failure, ended));
        }
    }

    private static String failure(HttpMessages.Request request, String error) {
        return ERRORS.entrySet().stream()
                .filter(known -> error.contains(known.getKey()))
                .findFirst()
                .map(known -> known.getValue().with(error))
                .orElseGet(() -> error.endsWith("ERR_FAILED") && Cors.isForeign(request)
                        ? Cors.BLOCKED + " " + request.headers().get("origin") + " (" + error + ")"
                        : error);
    }

    private void webSocket(HttpMessages.Request request, JsonNode messages, JsonNode answer, long began, long ended) {
        int status = answer.path("status").asInt();
        if (status != SWITCHING && messages.isEmpty()) {
            exchange(request, answer, began, ended);
            return;
        }
        long id = webSockets.size() + 1L;
        long first = began;
        add(began, () -> traffic.opened(id, request, began));
        for (JsonNode message : messages) {
            long at = Math.max(first, millis(message.path("time").asDouble()));
            boolean binary = message.path("opcode").asInt() == 2;
            byte[] data = binary
                    ? base64(message.path("data").asText())
                    : message.path("data").asText().getBytes(StandardCharsets.UTF_8);
            RecordedEvent.Direction direction = message.path("type").asText().equals("send")
                    ? RecordedEvent.Direction.IN
                    : RecordedEvent.Direction.OUT;
            int opcode = message.path("opcode").asInt(1);
            add(at, () -> traffic.message(id, direction, opcode, data, at));
            first = at;
        }
        webSockets.add(new WebSocket(id, first));
    }

    private void play() {
        for (WebSocket socket : webSockets) {
            pageLoads.stream()
                    .filter(at -> at > socket.lastAt)
                    .min(Comparator.naturalOrder())
                    .ifPresent(at -> add(
                            at,
                            () -> traffic.closed(
                                    socket.id, RecordedEvent.Direction.IN, "the page was left or loaded again,", at)));
        }
        steps.sort(Comparator.comparingLong(Step::at));
        steps.forEach(step -> step.action.run());
        long last = steps.isEmpty() ? 0 : steps.get(steps.size() - 1).at;
        traffic.finish(last);
        steps.clear();
    }

    private void add(long at, Runnable action) {
        steps.add(new Step(at, action));
    }

    private static HttpMessages.Request request(JsonNode json, URI url, long at) {
        Map<String, String> headers = headers(json.path("headers"));
        headers.putIfAbsent("host", url.getRawAuthority());
        if (url.getScheme().startsWith("ws")) {
            headers.put("upgrade", "websocket");
        }
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new HttpMessages.Request(
                json.path("method").asText("GET"),
                path + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()),
                headers,
                json.path("postData").path("text").asText("").getBytes(StandardCharsets.UTF_8),
                true,
                at);
    }

    /** The body is decoded already; what it was compressed with no longer matters. */
    private static Map<String, String> headers(JsonNode list) {
        Map<String, String> headers = new LinkedHashMap<>();
        list.forEach(header -> headers.merge(
                header.path("name").asText().toLowerCase(Locale.ROOT),
                header.path("value").asText(),
                (one, other) -> one + ", " + other));
        headers.remove("content-encoding");
        return headers;
    }

    private static byte[] body(JsonNode content) {
        String text = content.path("text").asText("");
        return content.path("encoding").asText().equals("base64")
                ? base64(text)
                : text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            return url.getRawAuthority() != null
                            && String.valueOf(url.getScheme()).matches("https?|wss?")
                    ? url
                    : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** Chrome writes seconds since 1970, other programs milliseconds. */
    private static long millis(double time) {
        return (long) (time < LATEST_SECONDS ? time * 1000 : time);
    }

    private static long time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException other) {
            try {
                return Instant.parse(text).toEpochMilli();
            } catch (DateTimeParseException malformed) {
                return 0;
            }
        }
    }
}
