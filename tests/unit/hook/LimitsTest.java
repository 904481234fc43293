package siodiag.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.core.UsageException;

/** How much may go wrong before it is a fault. */
class LimitsTest {

    @Test
    void without_a_limit_any_loss_over_stable_connections_is_a_fault_and_no_other() {
        assertTrue(Limits.NONE.isExceeded(1, 1000, true));
        assertFalse(Limits.NONE.isExceeded(1, 1000, false));
        assertFalse(Limits.NONE.isExceeded(0, 1000, true));
        assertEquals("", Limits.NONE.describeLoss());
    }

    @Test
    void a_share_counts_whatever_the_connections_did() {
        Limits one = Limits.of(null, "1%");
        assertFalse(one.isExceeded(10, 1000, true));
        assertTrue(one.isExceeded(11, 1000, false));
        assertEquals(", more than --max-loss 1%", one.describeLoss());
        assertEquals(", more than --max-loss 0.5%", Limits.of(null, " 0.5 ").describeLoss());
        assertTrue(Limits.of(null, "0").isExceeded(1, 1000, false));
        assertFalse(Limits.of(null, "100%").isExceeded(1000, 1000, true));
    }

    @Test
    void an_outage_is_a_fault_where_it_is_longer_than_stated() {
        Limits second = Limits.of(Duration.ofSeconds(1), null);
        assertTrue(second.judge("x", 1000).isEmpty());
        assertEquals(
                "an outage of 3.772 s, more than --max-outage 1 s",
                second.judge("x", 3771.6).orElseThrow().detail());
        assertTrue(Limits.NONE.judge("x", 1e9).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-1", "101", "1 of 3", "1e9"})
    void a_share_is_a_percentage(String text) {
        assertThrows(UsageException.class, () -> Limits.of(null, text));
    }
}
