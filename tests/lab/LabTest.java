package siodiag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fault lab: each scenario deploys real servers and proxies, runs the doctor on them as a user does, and compares
 * what it names first with what was broken.
 */
class LabTest {
    private static final double LIMIT_SECONDS = 10; // past --timeout
    private static final LabTable TABLE = new LabTable();

    /** A verdict that was wrong beside another scenario is asked for once more alone; the table tells both. */
    private static final AtomicInteger SECOND_RUNS = new AtomicInteger(5);
    private static final ReadWriteLock MACHINE = new ReentrantReadWriteLock(true);

    static Stream<Scenario> scenarios() {
        String wanted = System.getProperty("lab.scenario", "");
        return Scenario.all().stream().filter(scenario -> scenario.name().contains(wanted));
    }

    /** Once, because two first builds of one script at the same time disturb each other in JBang. */
    @BeforeAll
    static void build() {
        assertEquals(0, Toolkit.run("run-all", "--help").exitCode());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    @Execution(ExecutionMode.CONCURRENT)
    void names_what_is_broken(Scenario scenario) {
        try {
            judge(scenario, MACHINE.readLock(), false);
        } catch (AssertionError wrong) {
            if (SECOND_RUNS.decrementAndGet() < 0) {
                throw wrong;
            }
            System.out.println(scenario.name() + " is run again, alone: " + wrong.getMessage());
            judge(scenario, MACHINE.writeLock(), true);
        }
    }

    private static void judge(Scenario scenario, Lock machine, boolean again) {
        machine.lock();
        try (Deployment deployment = Deployment.of(scenario.start())) {
            Doctor doctor = Doctor.examine(scenario.name(), scenario.arguments(), deployment);
            TABLE.add(scenario, doctor, again);
            assertCause(scenario, doctor);
            assertContract(scenario, doctor);
        } finally {
            machine.unlock();
        }
    }

    @AfterAll
    static void print() {
        TABLE.print(System.out);
    }

    private static void assertCause(Scenario scenario, Doctor doctor) {
        List<String> causes = doctor.causes();
        String found = causes.isEmpty() ? doctor.verdict() : causes.get(0);
        assertEquals(scenario.expected(), found, () -> describe(doctor));
        for (String cause : causes.subList(scenario.healthy() ? 0 : 1, causes.size())) {
            assertTrue(scenario.also().contains(cause), () -> "besides, without ground: " + cause + describe(doctor));
        }
    }

    private static void assertContract(Scenario scenario, Doctor doctor) {
        Toolkit.Run run = doctor.run();
        Integer exitCode = Map.of("healthy", 0, "degraded", 20, "broken", 21).get(doctor.verdict());
        assertEquals(exitCode, run.exitCode(), run.err());
        assertFalse((run.out() + run.err()).contains("\tat "), () -> "a stack trace: " + run.out() + run.err());
        assertFalse((run.out() + run.err() + doctor.result()).contains("dev-token"), "a secret is shown");
        assertFalse((run.out() + run.err()).contains("\u001b"), "an escape sequence without a terminal");
        doctor.result().path("diagnoses").forEach(diagnosis -> {
            assertFalse(diagnosis.path("evidence").isEmpty(), () -> "no evidence: " + diagnosis);
            assertFalse(diagnosis.path("fix").asText().isBlank(), () -> "no fix: " + diagnosis);
        });
        assertTrue(run.seconds() <= timeout(scenario) + LIMIT_SECONDS, () -> "took " + run.seconds() + " s");
    }

    private static double timeout(Scenario scenario) {
        List<String> words = Scenario.words(scenario.arguments());
        int option = words.indexOf("--timeout");
        return option < 0 ? 5 : Double.parseDouble(words.get(option + 1));
    }

    private static String describe(Doctor doctor) {
        return "\nexit " + doctor.run().exitCode() + ", diagnoses: " + doctor.result().path("diagnoses").toPrettyString() + "\n" + doctor.run().err();
    }
}
