package siodiag.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlowFiguresTest {

    @Test
    void percentiles_are_values_that_were_measured() {
        double[] backwards = IntStream.range(0, 200).mapToDouble(i -> 200 - i).toArray();
        assertEquals(new FlowFigures.Latency(100, 190, 198, 200), FlowFigures.Latency.of(backwards));
    }

    @Test
    void of_one_value_all_are_that_value_and_of_none_zero() {
        assertEquals(new FlowFigures.Latency(3, 3, 3, 3), FlowFigures.Latency.of(3));
        assertEquals(new FlowFigures.Latency(0, 0, 0, 0), FlowFigures.Latency.of());
    }
}
