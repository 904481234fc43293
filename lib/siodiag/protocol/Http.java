package siodiag.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import siodiag.core.Deadline;
import siodiag.core.Text;

/**
 * HTTP/1.1 (RFC 9112) as a probe needs it: one request on a connection of its own, to one given address, each answer
 * bounded in time and size, and every way in which it can fail told apart.
 */
public final class Http {
    /** What a failure says where the server was silent: no refusal. */
    public static final String NO_ANSWER = "no answer before the deadline";
    /** What a failure says where the answer had begun. */
    public static final String CUT = "in the middle of the response";

    private static final int MAX_HEAD = 64 * 1024;

    private Http() {}

    /**
     * One exchange on a fresh connection.
     *
     * @param limit the longest body to keep, in bytes
     * @throws ExchangeException of any kind
     */
    static HttpReply exchange(Site site, HttpRequest request, int limit, Deadline deadline) throws ExchangeException {
        try (Connection connection = site.connect(deadline)) {
            return exchange(connection, site, request, limit, deadline);
        }
    }

    /** The one exchange that a connection is opened for. */
    static HttpReply exchange(Connection connection, Site site, HttpRequest request, int limit, Deadline deadline)
            throws ExchangeException {
        write(connection, site, request.with("Connection", "close"), deadline);
        return site.limit().checked(read(connection, limit, deadline));
    }

    /** A failed write is not a failure yet: the answer (413, say) may be there to be read. */
    static void write(Connection connection, Site site, HttpRequest request, Deadline deadline) {
        connection.forget();
        byte[] body = request.body();
        StringBuilder head = new StringBuilder();
        head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        Map<String, String> headers = site.withHeaders(request.headers());
        if (headers.keySet().stream().noneMatch("Host"::equalsIgnoreCase)) {
            head.append("Host: ").append(site.endpoint().authority()).append("\r\n");
        }
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0 || "POST".equals(request.method())) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[start.length + body.length];
        System.arraycopy(start, 0, message, 0, start.length);
        System.arraycopy(body, 0, message, start.length, body.length);
        try {
            connection.write(message, deadline);
        } catch (IOException unsent) {
            // What the server says, or that it says nothing, is the finding: the read that follows meets it.
        }
    }

    /** Reads the head and the body of one answer. */
    public static HttpReply read(Connection connection, int limit, Deadline deadline) throws ExchangeException {
        try {
            Head head = readHead(connection, deadline);
            boolean bodiless = head.status < 200 || head.status == 204 || head.status == 304;
            Body body = bodiless ? new Body(new byte[0], false) : readBody(connection, head, limit, deadline);
            return new HttpReply(
                    head.status, head.reason, head.headers, new String(body.bytes, StandardCharsets.UTF_8), body.cut);
        } catch (ExchangeException failure) {
            throw failure;
        } catch (SSLException failure) {
            throw String.valueOf(failure.getMessage()).contains("fatal alert")
                    ? connection.refusedAfterHandshake(failure)
                    : interrupted(connection, deadline);
        } catch (SocketTimeoutException | SocketException failure) {
            throw interrupted(connection, deadline);
        } catch (IOException failure) {
            throw new ExchangeException(
                    ExchangeException.Kind.CUT, String.valueOf(failure.getMessage()), connection.firstBytes());
        }
    }

    private static ExchangeException interrupted(Connection connection, Deadline deadline) {
        byte[] seen = connection.firstBytes();
        if (deadline.passed()) {
            return seen.length == 0
                    ? new ExchangeException(ExchangeException.Kind.SILENT, NO_ANSWER)
                    : new ExchangeException(
                            ExchangeException.Kind.UNFINISHED, "the answer did not end before the deadline", seen);
        }
        return seen.length == 0
                ? connection.closedUnanswered()
                : new ExchangeException(ExchangeException.Kind.CUT, "the connection was reset " + CUT, seen);
    }

    private record Head(int status, String reason, Map<String, List<String>> headers) {}

    private record Body(byte[] bytes, boolean cut) {}

    private static Head readHead(Connection connection, Deadline deadline) throws IOException {
        int[] budget = {MAX_HEAD};
        String statusLine = readLine(connection, budget, deadline, true);
        String[] parts = statusLine.split(" ", 3);
        if (!statusLine.startsWith("HTTP/") || parts.length < 2 || !parts[1].matches("\\d{3}")) {
            throw new ExchangeException(
                    ExchangeException.Kind.NOT_HTTP, "the answer is not HTTP", connection.firstBytes());
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = readLine(connection, budget, deadline, false);
                !line.isEmpty();
                line = readLine(connection, budget, deadline, false)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(
                                line.substring(0, colon).strip().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return new Head(Integer.parseInt(parts[1]), parts.length > 2 ? parts[2] : "", headers);
    }

    private static String readLine(Connection connection, int[] budget, Deadline deadline, boolean first)
            throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = connection.read(deadline);
            if (octet < 0) {
                throw endOfStream(connection);
            }
            if (first && line.size() == 0 && connection.isReused() && (octet == '\r' || octet == '\n')) {
                continue; // what ends the answer before, where that was sent in chunks
            }
            if (octet == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            if (first && line.size() < 5 && "HTTP/".charAt(line.size()) != octet) {
                throw new ExchangeException(
                        ExchangeException.Kind.NOT_HTTP, "the answer is not HTTP", connection.firstBytes());
            }
            if (--budget[0] < 0) {
                throw new ExchangeException(
                        ExchangeException.Kind.UNFINISHED,
                        "the response head is longer than " + MAX_HEAD + " bytes",
                        connection.firstBytes());
            }
            line.write(octet);
        }
    }

    private static ExchangeException endOfStream(Connection connection) {
        byte[] seen = connection.firstBytes();
        return seen.length == 0
                ? connection.closedUnanswered()
                : new ExchangeException(
                        ExchangeException.Kind.CUT,
                        "closed " + CUT + ", after " + Text.count(connection.bytesReceived(), "byte"),
                        seen);
    }

    private static Body readBody(Connection connection, Head head, int limit, Deadline deadline) throws IOException {
        List<String> encodings = head.headers.getOrDefault("transfer-encoding", List.of());
        if (encodings.stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("chunked"))) {
            return readChunks(connection, limit, deadline);
        }
        List<String> lengths = head.headers.getOrDefault("content-length", List.of());
        if (lengths.isEmpty()) {
            return readToEnd(connection, limit, deadline);
        }
        long length = parse(lengths.get(0), 10, connection);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        readExactly(connection, Math.min(length, limit), body, deadline);
        return new Body(body.toByteArray(), length > limit);
    }

    private static Body readChunks(Connection connection, int limit, Deadline deadline) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = readLine(connection, new int[] {1024}, deadline, false)
                    .split(";", 2)[0]
                    .strip();
            long length = parse(size, 16, connection);
            if (length == 0) {
                return new Body(body.toByteArray(), false);
            }
            readExactly(connection, Math.min(length, limit - body.size()), body, deadline);
            if (body.size() >= limit) {
                return new Body(body.toByteArray(), true);
            }
            readLine(connection, new int[] {2}, deadline, false);
        }
    }

    private static Body readToEnd(Connection connection, int limit, Deadline deadline) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        while (body.size() < limit) {
            int count = connection.read(chunk, 0, Math.min(chunk.length, limit - body.size()), deadline);
            if (count < 0) {
                return new Body(body.toByteArray(), false);
            }
            body.write(chunk, 0, count);
        }
        return new Body(body.toByteArray(), true);
    }

    private static void readExactly(Connection connection, long length, ByteArrayOutputStream body, Deadline deadline)
            throws IOException {
        byte[] chunk = new byte[8192];
        for (long left = length; left > 0; ) {
            int count = connection.read(chunk, 0, (int) Math.min(chunk.length, left), deadline);
            if (count < 0) {
                throw endOfStream(connection);
            }
            body.write(chunk, 0, count);
            left -= count;
        }
    }

    private static long parse(String number, int radix, Connection connection) throws ExchangeException {
        try {
            long value = Long.parseLong(number, radix);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with the bytes.
        }
        throw new ExchangeException(
                ExchangeException.Kind.MALFORMED,
                "impossible body length " + Text.quote(number, 40),
                connection.firstBytes());
    }
}
