package siodiag.diagnosis;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import siodiag.catalogue.Cause;
import siodiag.lab.LabApplication;
import siodiag.lab.Scenario;

/** The diagnosis of what the lab once found in each of its scenarios: rules and texts, without a server. */
class RecordedFindingsTest {
    private static final Pattern UNFILLED = Pattern.compile("\\{\\w*}|%[sd]");
    private static final List<Scenario> SCENARIOS = Stream.concat(
                    Scenario.all().stream(), LabApplication.scenarios().stream())
            .toList();

    @Test
    void every_scenario_was_recorded() {
        List<String> missing = SCENARIOS.stream()
                .map(Scenario::name)
                .filter(name -> !Files.exists(RecordedFindings.file(name)))
                .toList();
        assertEquals(List.of(), missing, "record them: ./jbang test --only LabTest,ApplicationsTest --record");
    }

    /** A scenario that is renamed or deleted takes its recording with it. */
    @Test
    void every_recording_has_its_scenario() throws IOException {
        Set<Path> known = SCENARIOS.stream()
                .map(scenario -> RecordedFindings.file(scenario.name()))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(RecordedFindings.FOLDER)) {
            List<Path> stale = files.filter(file -> !known.contains(file)).toList();
            assertEquals(List.of(), stale);
        }
    }

    @Test
    void the_cause_that_was_expected_leads() {
        forEach((scenario, recording) -> {
            List<String> causes = diagnose(recording, recording.ignored()).stream()
                    .map(one -> one.cause().id())
                    .toList();
            assertEquals(scenario.expected(), causes.isEmpty() ? Scenario.HEALTHY : causes.get(0));
            List<String> others = causes.subList(Math.min(causes.size(), 1), causes.size());
            assertTrue(scenario.also().containsAll(others), () -> "besides, without ground: " + causes);
        });
    }

    @Test
    void errors_come_first_each_with_evidence_and_a_fix_that_are_filled_in() {
        forEach((scenario, recording) -> {
            List<Diagnosis> diagnoses = diagnose(recording, recording.ignored());
            assertEquals(
                    diagnoses.stream()
                            .sorted(Comparator.comparing(Diagnosis::severity))
                            .toList(),
                    diagnoses);
            for (Diagnosis diagnosis : diagnoses) {
                assertFalse(diagnosis.evidence().isEmpty() || diagnosis.fix().isBlank(), diagnosis::toString);
                assertFalse(UNFILLED.matcher(diagnosis.summary()).find(), diagnosis::toString);
            }
        });
    }

    @Test
    void causes_that_are_ignored_are_no_part_of_the_verdict() {
        forEach((scenario, recording) ->
                assertEquals(Verdict.HEALTHY, Verdict.of(diagnose(recording, EnumSet.allOf(Cause.class)))));
    }

    private static List<Diagnosis> diagnose(RecordedFindings recording, Set<Cause> ignored) {
        return Diagnostician.diagnose(recording.findings(), recording.family(), ignored);
    }

    private interface Check {
        void of(Scenario scenario, RecordedFindings recording);
    }

    private static void forEach(Check check) {
        assertAll(SCENARIOS.stream()
                .filter(scenario -> Files.exists(RecordedFindings.file(scenario.name())))
                .map(scenario -> () -> check(scenario, check)));
    }

    private static void check(Scenario scenario, Check check) {
        try {
            check.of(scenario, RecordedFindings.read(RecordedFindings.file(scenario.name())));
        } catch (AssertionError wrong) {
            throw new AssertionError(scenario.name() + ": " + wrong.getMessage(), wrong);
        }
    }
}
