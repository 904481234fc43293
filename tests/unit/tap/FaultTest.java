package siodiag.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.core.UsageException;

class FaultTest {
    @ParameterizedTest
    @CsvSource({
        "latency=200ms, LATENCY, 200",
        "cut=30s, CUT, 30000",
        "cut=1, CUT, 1000",
        "refuse-websocket, REFUSE_WEBSOCKET, 0",
        "status=502, STATUS, 502",
        "drop=1%, DROP, 0.01",
        "drop=0.5%, DROP, 0.005",
        "bandwidth=64k, BANDWIDTH, 65536",
        "bandwidth=1m, BANDWIDTH, 1048576"
    })
    void a_fault_is_read_with_its_amount(String spec, Fault.Kind kind, double amount) {
        assertEquals(new Fault(kind, amount), Fault.parse(spec));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latency",
                "latency=",
                "latency=-1",
                "latency=0",
                "cut=soon",
                "refuse-websocket=1",
                "status=99",
                "status=600",
                "drop=1",
                "drop=0%",
                "drop=101%",
                "bandwidth=0",
                "bandwidth=64x",
                "Latency=1"
            })
    void what_is_wrong_is_told_with_examples(String spec) {
        UsageException wrong = assertThrows(UsageException.class, () -> Fault.parse(spec));
        assertTrue(wrong.getMessage().contains("latency=200ms"), wrong.getMessage());
    }
}
