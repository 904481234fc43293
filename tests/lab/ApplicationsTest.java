package siodiag.lab;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications as people write them, each judged by its address alone, with what its user states, and with a fault. */
class ApplicationsTest {
    private static final LabRuns RUNS = new LabRuns();

    static Stream<Scenario> scenarios() {
        return LabRuns.wanted(LabApplication.scenarios());
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("scenarios")
    @Execution(ExecutionMode.CONCURRENT)
    void is_judged_by_what_it_promised(Scenario scenario) {
        RUNS.run(scenario);
    }

    @AfterAll
    static void print() {
        RUNS.print();
    }
}
