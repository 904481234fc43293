package example.jupiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyTest {
    @ParameterizedTest
    @ValueSource(ints = {8765, 8766, 8767})
    void ports(int port) {
        assertEquals(1, port, "the port " + port + " is not taken");
    }

    @Test
    void markdown() {
        fail("```\n# not a heading\n| no | table |\n<script>alert(1)</script>\u001b[31m\u0000");
    }

    @Nested
    class Inner {
        @Test
        @DisplayName("a name for people")
        void deep() {
            throw new UnsupportedOperationException("reconnect");
        }
    }
}
