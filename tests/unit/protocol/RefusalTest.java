package siodiag.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server's message says about why it rejected a client. */
class RefusalTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"message":"Invalid namespace"}                        | namespace
            "Unable to connect"                                    | namespace
            {"message":"Unable to connect"}                        | undecided
            "Namespace /x not found"                               | namespace
            {"message":"invalid token"}                            | credentials
            {"message":"nope","data":{"code":401}}                 | credentials
            {"message":"too many login attempts"}                  | undecided
            {"message":"server full"}                              | other
            {"message":"no"}                                       | undecided
            """)
    void a_message_is_about_the_namespace_the_credentials_or_something_else(String payload, String about) {
        String judged = Refusal.namesUnknownNamespace(payload)
                ? "namespace"
                : Refusal.speaksOfToken(payload)
                        ? "credentials"
                        : Refusal.speaksOfSomethingElse(payload) ? "other" : "undecided";
        assertEquals(about, judged);
    }

    @ParameterizedTest
    @CsvSource({"Rate limit exceeded,true", "slow down,true", "invalid token,false"})
    void a_message_is_about_a_rate_limit(String message, boolean rate) {
        assertEquals(rate, Refusal.speaksOfRate('"' + message + '"'));
    }
}
