package siodiag.lab;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fault lab: each scenario deploys real servers and proxies, runs the doctor on them as a user does, and compares
 * what it names first with what was broken.
 */
class LabTest {
    private static final LabRuns RUNS = new LabRuns();

    static Stream<Scenario> scenarios() {
        return LabRuns.wanted(Scenario.all());
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("scenarios")
    @Execution(ExecutionMode.CONCURRENT)
    void names_what_is_broken(Scenario scenario) {
        RUNS.run(scenario);
    }

    @AfterAll
    static void print() {
        RUNS.print();
    }
}
