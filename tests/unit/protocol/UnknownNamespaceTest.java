package siodiag.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class UnknownNamespaceTest {
    private static final String HEAD_AND_CLAIMS = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.";
    private static final String HS512 = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);

    @Test
    void a_jwt_differs_in_its_signature_only_which_can_still_be_decoded() {
        String wrong = UnknownNamespace.like(HEAD_AND_CLAIMS + HS512);
        assertTrue(wrong.startsWith(HEAD_AND_CLAIMS), wrong);
        String signature = wrong.substring(HEAD_AND_CLAIMS.length());
        assertNotEquals(HS512, signature);
        assertEquals(64, Base64.getUrlDecoder().decode(signature).length);
    }

    @Test
    void a_jwt_without_a_signature_gets_one() {
        assertEquals(
                32,
                Base64.getUrlDecoder()
                        .decode(UnknownNamespace.like(HEAD_AND_CLAIMS).substring(HEAD_AND_CLAIMS.length()))
                        .length);
    }

    @Test
    void any_other_secret_is_replaced_as_a_whole() {
        assertTrue(UnknownNamespace.like("abc.def").startsWith("wrong-"));
    }
}
