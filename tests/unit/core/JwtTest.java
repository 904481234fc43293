package siodiag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a token tells of itself, wherever it stands, and never the token. */
class JwtTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SIGNATURE = "c2lnbmF0dXJl";

    @Test
    void it_is_found_wherever_credentials_stand() {
        String token = token("{\"sub\":\"x\"}");
        for (String text : List.of(
                token,
                "Bearer " + token,
                "{\"token\":\"" + token + "\",\"room\":1}",
                "session=a; jwt=" + token + "; x=y",
                "token=" + token + "&v=1",
                "eyJ.eyJ.x " + token)) {
            assertTrue(Jwt.find(text).isPresent(), text);
        }
    }

    @Test
    void what_is_none_is_not_found() {
        String token = token("{\"sub\":\"x\"}");
        for (String text : List.of(
                "",
                "dev-token",
                "eyJhbGciOiJIUzI1NiJ9",
                "a.b.c",
                part("[]") + "." + part("{}") + ".x",
                part("{\"alg\":1}") + ".eyJub3QganNvbg.x",
                token + ".four.five",
                "x".repeat(100_000) + " " + token)) {
            assertEquals(Optional.empty(), Jwt.find(text), text);
        }
        assertEquals(Optional.empty(), Jwt.find(null));
    }

    @Test
    void an_expired_one_tells_since_when() {
        assertEquals(List.of("the JWT expired at 2026-02-26T12:00:00Z, 3 days ago"), remarks("{\"exp\":1772107200}"));
        assertEquals(
                List.of("the JWT expired at 2026-03-01T12:00:00Z, 0 seconds ago"), remarks("{\"exp\":1772366400}"));
    }

    @Test
    void a_valid_one_tells_until_when() {
        assertEquals(
                List.of("the JWT is valid until 2026-03-01T13:00:00Z"),
                remarks("{\"exp\":1772370000.9,\"iat\":1772366300}"));
        assertEquals(List.of(), remarks("{\"sub\":\"x\",\"nbf\":1772366400}"));
    }

    @Test
    void one_for_later_tells_from_when_on() {
        assertEquals(
                List.of("the JWT is not valid before 2026-03-01T13:30:00Z, in 90 minutes"),
                remarks("{\"nbf\":1772371800}"));
        assertTrue(remarks("{\"iat\":1772371800}").get(0).contains("check the clocks"));
    }

    @Test
    void issuer_and_audience_are_told() {
        assertEquals(
                List.of("the JWT is issued by \"https://id.test\", for the audience \"a\", \"b\""),
                remarks("{\"iss\":\"https://id.test\",\"aud\":[\"a\",7,\"b\"]}"));
        assertEquals(List.of("the JWT is for the audience \"a\""), remarks("{\"aud\":\"a\"}"));
        assertEquals(List.of("the JWT is issued by \"me\""), remarks("{\"iss\":\"me\",\"aud\":null}"));
    }

    @Test
    void one_without_a_signature_is_told() {
        String token = part("{\"alg\":\"None\"}") + "." + part("{\"sub\":\"x\"}") + ".";
        assertEquals(
                List.of("the JWT is not signed (alg none)"),
                Jwt.find(token).orElseThrow().remarks(NOW));
    }

    @Test
    void times_that_are_no_seconds_are_told() {
        assertEquals(
                List.of("the JWT's exp is 1772366400000: must be in seconds, but looks like milliseconds"),
                remarks("{\"exp\":1772366400000}"));
        assertEquals(List.of("the JWT's exp is \"soon\": must be a number of seconds"), remarks("{\"exp\":\"soon\"}"));
        assertEquals(1, remarks("{\"exp\":1e99}").size());
    }

    @Test
    void nothing_hostile_gets_through_and_never_the_token() {
        String claims = "{\"iss\":\"\\u001b[2J" + "x".repeat(5000) + "\",\"exp\":1,\"aud\":[" + "\"a\",".repeat(500)
                + "\"a\"]}";
        String token = token(claims);
        String told = String.join("\n", Jwt.find(token).orElseThrow().remarks(NOW));
        assertTrue(told.length() < 600, told);
        assertFalse(told.contains("\u001b"), told);
        for (String piece : token.split("\\.")) {
            assertFalse(told.contains(piece), told);
        }
    }

    private static List<String> remarks(String claims) {
        return Jwt.find(token(claims)).orElseThrow().remarks(NOW);
    }

    private static String token(String claims) {
        return part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + part(claims) + "." + SIGNATURE;
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
