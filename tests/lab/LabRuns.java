package siodiag.lab;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import siodiag.diagnosis.RecordedFindings;
import siodiag.harness.LoadedScript;

/**
 * Deploys scenarios, runs the doctor on each, and keeps the table of what it found. One scenario for each cause is run as
 * a user does, in a JVM of its own; the others in the tests' own.
 */
final class LabRuns {
    /** Causes that are a matter of time: their scenarios have half the machine each. */
    private static final Set<String> TIMED =
            Set.of("event-loop-blocked", "slow-relay", "upgrade-slow", "heartbeat-missed");

    private static final boolean RECORD = Boolean.getBoolean("lab.record");
    private static final Set<Scenario> AS_USER = Set.copyOf(Scenario.all().stream()
            .collect(Collectors.toMap(Scenario::expected, scenario -> scenario, (first, further) -> first))
            .values());

    static {
        // So that no scenario waits for classes to be loaded.
        LoadedScript.run(LoadedScript.command("RunAll"), List.of("--embedded"));
    }

    private final LabTable table = new LabTable();

    /** A verdict that was wrong beside another scenario is asked for once more alone; the table tells both. */
    private final AtomicInteger secondRuns = new AtomicInteger(20);

    /** Those whose name has the word of {@code --scenario}; with {@code --record}, of them those that were not recorded. */
    static Stream<Scenario> wanted(List<Scenario> scenarios) {
        String wanted = System.getProperty("lab.scenario", "");
        return scenarios.stream()
                .filter(scenario -> scenario.name().contains(wanted))
                .filter(scenario -> !RECORD || !Files.exists(RecordedFindings.file(scenario.name())));
    }

    void run(Scenario scenario) {
        try {
            Machine.use(TIMED.contains(scenario.expected()) ? Machine.SHARES / 2 : 1, () -> run(scenario, false));
        } catch (AssertionError wrong) {
            if (RECORD || secondRuns.decrementAndGet() < 0) {
                throw wrong;
            }
            System.out.println(scenario.name() + " is run again, alone: " + wrong.getMessage());
            Machine.use(Machine.SHARES, () -> run(scenario, true));
        }
    }

    private void run(Scenario scenario, boolean again) {
        try (Deployment deployment = Deployment.of(scenario.start())) {
            Doctor doctor = examine(scenario, deployment);
            table.add(scenario, doctor, again);
            LabJudge.judge(scenario, deployment, doctor);
            if (RECORD) {
                FindingsRecorder.keep(scenario.name());
            }
        }
    }

    private static Doctor examine(Scenario scenario, Deployment deployment) {
        if (RECORD) {
            return Doctor.record(scenario.name(), scenario.arguments(), deployment);
        }
        return AS_USER.contains(scenario)
                ? Doctor.examineAsUser(scenario.name(), scenario.arguments(), deployment)
                : Doctor.examine(scenario.name(), scenario.arguments(), deployment);
    }

    void print() {
        table.print(System.out);
    }
}
