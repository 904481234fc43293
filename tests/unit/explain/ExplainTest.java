package siodiag.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import siodiag.catalogue.Cause;
import siodiag.cli.Commands;
import siodiag.core.Json;

/** {@code explain}: what people paste is understood, in whatever form, and nothing else is. */
class ExplainTest {

    private record Told(int exitCode, String out, String err) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "code 1 | Engine.IO error code 1: Session ID unknown",
                "{\"code\":1,\"message\":\"Session ID unknown\"} | Engine.IO error code 1: Session ID unknown",
                "error code: 5 | Engine.IO error code 5: Unsupported protocol version",
                "1006 | close code 1006: abnormal closure",
                "WebSocket closed with code 1001 | close code 1001: going away",
                "'transport close' | transport close",
                "transport closed | transport close",
                "io server disconnect | io server disconnect",
                "disconnect: ping timeout | ping timeout",
                "connect_error Error: xhr poll error | xhr poll error",
                "connect_error: timeout | connect timeout",
                "Error: websocket error | websocket error",
                "WebSocket connection to 'ws://localhost:3000/socket.io/?EIO=4' failed | websocket error",
                "Unexpected server response: 400 | websocket error",
                "502 | HTTP 502, 503, 504",
                "HTTP 404 | HTTP 404",
                "status 403 | HTTP 403",
                "504 Gateway Time-out | HTTP 502, 503, 504",
                "Invalid namespace | Invalid namespace",
                "socketio.exceptions.ConnectionError: One or more namespaces failed to connect | Invalid namespace",
                "Error: invalid token | credentials refused",
                "connect ECONNREFUSED 127.0.0.1:3000 | connection refused",
                "getaddrinfo ENOTFOUND chat.example | host name without an address",
                "read ECONNRESET | connection reset",
                "unable to verify the first certificate | certificate not trusted",
                "Hostname/IP does not match certificate's altnames | certificate of another host",
                "SSL routines: wrong version number | TLS on a port without TLS",
                "No 'Access-Control-Allow-Origin' header is present on the requested resource | CORS",
                "It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client | Engine.IO error code 5: Unsupported protocol version",
                "OPEN packet not returned by server | python client: connection refused by the server",
                "ValueError: Too many packets in payload | Too many packets in payload",
                "namespace-unknown | namespace-unknown (namespace, error)"
            })
    void what_people_paste_is_understood(String text, String title) {
        Told told = explain(text.replaceAll("^'|'$", ""));
        assertEquals(0, told.exitCode(), told.out());
        assertEquals(title, told.out().lines().findFirst().orElse(""), told.out());
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void every_cause_is_explained_with_its_fix_and_its_command(Cause cause) {
        Told told = explain(cause.id());
        assertEquals(0, told.exitCode());
        String out = told.out().replaceAll("\\s+", " ");
        assertTrue(
                out.contains(cause.entry().meaning())
                        && out.contains(cause.entry().fix()),
                told.out());
        assertTrue(told.out().contains(cause.entry().command()), told.out());
    }

    @Test
    void titles_are_unique_and_every_phrase_has_a_meaning() {
        Set<String> titles = new HashSet<>();
        Phrase.ALL.forEach(phrase -> {
            assertTrue(titles.add(phrase.title()), phrase.title());
            assertTrue(phrase.meaning().endsWith("."), phrase.title());
            assertFalse(phrase.match().isEmpty(), phrase.title());
        });
        assertTrue(titles.size() > 50, titles.size() + " phrases");
    }

    @ParameterizedTest
    @ValueSource(strings = {"what is this", "code 9", "2000", "99", "", "*", "\u001b[2J"})
    void what_is_not_known_is_said_so(String text) {
        Told told = explain(text);
        assertEquals(20, told.exitCode(), told.out());
        assertTrue(told.out().startsWith("nothing is known about "), told.out());
        assertFalse(told.out().contains("\u001b"), told.out());
    }

    @Test
    void a_misspelt_cause_gets_the_nearest() {
        assertTrue(explain("namespace-unknwon").out().endsWith("; did you mean namespace-unknown?\n"));
    }

    @Test
    void programs_get_one_line(@TempDir Path folder) throws IOException {
        JsonNode told = Json.parse(explain("transport", "close", "--json", "-").out());
        assertEquals("transport close", told.path("title").asText());
        assertTrue(told.path("known").asBoolean());
        assertEquals("session-dropped", told.at("/causes/0/cause").asText());
        assertFalse(told.at("/causes/0/command").asText().isEmpty());
        Path file = folder.resolve("explained.json");
        assertEquals(20, explain("token=s3cr3t", "--json", file.toString()).exitCode());
        assertFalse(Files.readString(file).contains("s3cr3t"), Files.readString(file));
    }

    @Test
    void a_file_is_no_word(@TempDir Path folder) throws IOException {
        Path har = Files.writeString(folder.resolve("session.har"), "{}");
        Told told = explain(har.toString());
        assertEquals(64, told.exitCode());
        assertEquals(1, told.err().lines().count(), told.err());
    }

    private static Told explain(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Commands.prepared(new ExplainCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        return new Told(line.execute(words), out.toString(), err.toString());
    }
}
