package siodiag.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import siodiag.command.TargetOptions;
import siodiag.core.UsageException;
import siodiag.target.Target;

/** Credentials of any shape: read, varied where they stand, and never shown. */
class CredentialsTest {
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

    @Test
    void each_shape_is_varied_where_it_stands() {
        Credentials stated = stated(
                "--auth",
                "{\"user\":\"ann\",\"jwt\":\"" + JWT + "\",\"deep\":[{\"password\":\"pw12\"}]}",
                "--header",
                "Authorization: Bearer abcdef",
                "--header",
                "Cookie: theme=dark; sid=s3cr3t",
                "--header",
                "X-Tenant: north",
                "--query",
                "api_key=k3y",
                "--query",
                "room=7");
        Credentials wrong = stated.wrong();
        assertTrue(
                wrong.auth().startsWith("{\"user\":\"ann\",\"jwt\":\"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0."),
                wrong.auth());
        assertFalse(wrong.auth().contains(JWT), wrong.auth());
        assertFalse(wrong.auth().contains("pw12"), wrong.auth());
        assertTrue(
                wrong.headers().get("Authorization").matches("Bearer wrong-\\w+"),
                wrong.headers().toString());
        assertTrue(
                wrong.headers().get("Cookie").matches("theme=wrong-\\w+; sid=wrong-\\w+"),
                wrong.headers().toString());
        assertEquals("north", wrong.headers().get("X-Tenant"));
        assertEquals("7", wrong.query().get("room"));
        assertNotEquals("k3y", wrong.query().get("api_key"));
    }

    @Test
    void without_the_secrets_what_identifies_is_left() {
        Credentials left = stated(
                        "--auth",
                        "{\"user\":\"ann\",\"token\":\"t0ken\"}",
                        "--header",
                        "X-Api-Key: 12345",
                        "--query",
                        "token=abc",
                        "--query",
                        "room=7")
                .without();
        assertEquals("{\"user\":\"ann\"}", left.auth());
        assertEquals(Map.of(), left.headers());
        assertEquals(Map.of("room", "7"), left.query());
        assertEquals("", stated("--token", "t0ken").without().auth());
    }

    @Test
    void every_secret_is_known_to_whoever_redacts() {
        Credentials stated = stated(
                "--auth",
                "{\"token\":\"t0ken-1\"}",
                "--header",
                "Authorization: Basic dXNlcjpwdw==",
                "--header",
                "Cookie: a=c00kie",
                "--query",
                "key=qu3ry");
        assertEquals(List.of("t0ken-1", "dXNlcjpwdw==", "c00kie", "qu3ry"), stated.secrets());
        assertEquals("auth.token, header Authorization, header Cookie, query key", stated.places());
    }

    @Test
    void headers_and_query_travel_with_every_request() throws Exception {
        Target target = CommandLine.populateCommand(
                        new TargetOptions(), "--url", "http://h:1", "--header", "Cookie: a=1", "--query", "a b=c&d")
                .target();
        Site site = new Site(
                target.endpoint(),
                InetAddress.getLoopbackAddress(),
                target.requestPath(),
                target.credentials().headers(),
                target.credentials().query(),
                RateLimit.none());
        assertEquals("/socket.io/?EIO=4&transport=polling&a+b=c%26d", site.handshakeTarget(4, "polling"));
        assertEquals("/health?a+b=c%26d", site.withQuery("/health"));
        assertEquals(Map.of("Cookie", "a=1; io=2"), site.withHeaders(Map.of("Cookie", "io=2")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--auth | [1] | not a JSON object",
                "--auth | @/nowhere/at/all | can't be read",
                "--header | no-colon | NAME: VALUE",
                "--header | Upgrade: websocket | belongs to HTTP",
                "--header | Origin: http://a | use --origin",
                "--query | =x | NAME=VALUE",
                "--query | EIO=3 | belongs to Engine.IO",
                "--client-cert | /nowhere/at/all | can't be read",
                "--parser | xml | default or msgpack",
                "--ignore | namespace-unknwon | did you mean namespace-unknown?"
            })
    void bad_input_is_one_line_that_tells_what_would_be_right(String option, String value, String expected) {
        UsageException refused =
                assertThrows(UsageException.class, () -> CommandLine.populateCommand(new TargetOptions(), option, value)
                        .target());
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    }

    private static Credentials stated(String... options) {
        return CommandLine.populateCommand(new TargetOptions(), options)
                .target()
                .credentials();
    }
}
