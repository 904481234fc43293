package siodiag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.target.Flow;
import siodiag.target.FlowFile;

/** No secret shows, in whatever shape and however a text was shortened. */
class RedactionTest {
    private static final String JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbm4iLCJpYXQiOjE3OTU2NTg5MzB9."
            + "4cEacUoXlwgWA76oaBmwPB8WTBnyWM7rrtVjk0123456789";
    private static final String KEY = "k3y-0123456789abcdefghijklmnopqrstuvwxyz-end";

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30, 40, 60, 90, 120, 150})
    void a_secret_that_was_cut_leaves_no_piece(int before) {
        Redactor secrets = new Redactor(JWT, KEY);
        for (String secret : List.of(JWT, KEY)) {
            String shown = secrets.hide(Text.cut("x".repeat(before) + " no: " + secret + " was refused", 120));
            for (int from = 0; from + 8 <= secret.length(); from++) {
                assertFalse(shown.contains(secret.substring(from, from + 8)), shown);
            }
        }
    }

    @Test
    void each_part_of_a_jwt_is_a_secret() {
        assertFalse(
                new Redactor(JWT).hide(String.join("\",\"", JWT.split("\\."))).contains("eyJzdWIi"));
    }

    @Test
    void what_a_flow_has_under_a_secrets_name_is_one() {
        Flow flow = FlowFile.parse(
                "{\"setup\":{\"sender\":[{\"event\":\"login\",\"args\":[{\"password\":\"PASSWORDvalue\",\"user\":\"ann\"}],"
                        + "\"wait\":\"ack\"}]},\"send\":[{\"event\":\"say\",\"args\":[\"{mark}\"]}],\"receive\":{\"event\":\"said\"}}",
                "test",
                "/");
        assertEquals(List.of("PASSWORDvalue"), flow.secrets());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"session\":\"sess-SECRET\"}",
                "{\"sessionId\":\"sess-SECRET\"}",
                "{\"pin\":\"49SECRET\"}",
                "{\"otp\":\"77SECRET\"}"
            })
    void what_a_server_gives_out_under_such_a_name_is_one(String answer) {
        assertFalse(new Redactor().hide(answer).contains("SECRET"), answer);
    }
}
