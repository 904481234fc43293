package siodiag.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import siodiag.catalogue.Hop;
import siodiag.core.Redactor;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Status;
import siodiag.finding.Symptom;

/** When a server that refuses may be asked again, and that it is not asked before. */
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void seconds_and_dates_are_read() {
        assertEquals(Optional.of(Duration.ofSeconds(120)), RetryAfter.wait("120", NOW));
        assertEquals(Optional.of(Duration.ofMinutes(5)), RetryAfter.wait("Sun, 01 Mar 2026 12:05:00 GMT", NOW));
        assertEquals(Optional.of(Duration.ZERO), RetryAfter.wait("Sun, 01 Mar 2026 11:00:00 GMT", NOW));
    }

    @Test
    void what_is_neither_is_quoted_and_no_error() {
        for (String value : List.of("soon", "-1", "1.5", "99999999999999999999", "Sun, 99 Mar 2026 12:05:00 GMT")) {
            assertEquals(Optional.empty(), RetryAfter.wait(value, NOW), value);
            String told = RetryAfter.describe(Replies.reply(429, "", "retry-after", value), NOW);
            assertTrue(told.contains(value) && told.contains("neither"), told);
        }
        assertEquals("no Retry-After", RetryAfter.describe(Replies.reply(429, ""), NOW));
        assertEquals(
                "Retry-After \"30\", that is in 30 seconds",
                RetryAfter.describe(Replies.reply(429, "", "retry-after", "30"), NOW));
    }

    @Test
    void the_first_refusal_is_told_once_and_nothing_is_asked_after_it() throws ExchangeException {
        List<HttpReply> told = new ArrayList<>();
        RateLimit limit = new RateLimit(told::add);
        limit.checked(Replies.reply(200, "0{}"));
        limit.check();
        limit.checked(Replies.reply(429, "first"));
        limit.checked(Replies.reply(429, "second"));
        assertEquals(List.of("first"), told.stream().map(HttpReply::body).toList());
        assertEquals(
                ExchangeException.Kind.LIMITED,
                assertThrows(ExchangeException.class, limit::check).kind());
    }

    @Test
    void what_fails_after_the_limit_is_skipped() {
        Findings findings = new Findings(new Redactor(""), finding -> {});
        findings.add(Finding.fail("tls.certificate", Hop.TLS, Symptom.CERTIFICATE_EXPIRED, "it", "before"));
        findings.halt(Finding.fail("http.rate", Hop.HTTP, Symptom.RATE_LIMITED, "HTTP 429", "limited"));
        findings.add(Finding.fail("transport.polling", Hop.TRANSPORT, Symptom.POLLING_FAILS, "it", "after"));
        findings.add(Finding.pass("transport.websocket", Hop.TRANSPORT, "works"));
        assertEquals(
                List.of(Status.FAIL, Status.FAIL, Status.SKIP, Status.PASS),
                findings.sorted().stream().map(Finding::status).toList());
    }
}
