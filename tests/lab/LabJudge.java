package siodiag.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import siodiag.harness.Toolkit;

/** What has to hold of each run of the doctor: the cause that was expected, and what every result promises. */
final class LabJudge {
    private static final double LIMIT_SECONDS = 10; // past --timeout

    private LabJudge() {}

    static void judge(Scenario scenario, Deployment deployment, Doctor doctor) {
        assertCause(scenario, doctor);
        assertContract(scenario, doctor);
        assertEventsTested(scenario, doctor);
        String printed = printed(doctor) + doctor.result();
        Stream.concat(Stream.of("dev-token"), deployment.credentials().values().stream())
                .forEach(secret ->
                        assertFalse(printed.contains(secret), () -> "a secret is shown: " + secret + " in " + printed));
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
        assertFalse(printed(doctor).contains("\tat "), () -> "a stack trace: " + printed(doctor));
        assertFalse(printed(doctor).contains("\u001b"), "an escape sequence without a terminal");
        doctor.result().path("diagnoses").forEach(diagnosis -> {
            assertFalse(diagnosis.path("evidence").isEmpty(), () -> "no evidence: " + diagnosis);
            assertFalse(diagnosis.path("fix").asText().isBlank(), () -> "no fix: " + diagnosis);
        });
        assertTrue(run.seconds() <= timeout(scenario) + LIMIT_SECONDS, () -> "took " + run.seconds() + " s");
    }

    /** Healthy with a flow means that its events came through, not that nobody looked. */
    private static void assertEventsTested(Scenario scenario, Doctor doctor) {
        List<String> words = Scenario.words(scenario.arguments());
        if (scenario.healthy() && (words.contains("--flow") || words.contains("--send"))) {
            assertTrue(
                    doctor.result().path("flow").path("received").asInt() > 0 || acknowledged(doctor),
                    () -> "no event was tested: " + doctor.result().path("flow") + printed(doctor));
        }
    }

    private static boolean acknowledged(Doctor doctor) {
        return StreamSupport.stream(doctor.result().path("checks").spliterator(), false)
                .anyMatch(LabJudge::isEventAnswered);
    }

    private static boolean isEventAnswered(JsonNode check) {
        return check.path("id").asText().startsWith("event./")
                && check.path("status").asText().equals("pass");
    }

    private static double timeout(Scenario scenario) {
        List<String> words = Scenario.words(scenario.arguments());
        int option = words.indexOf("--timeout");
        return option < 0 ? 5 : Double.parseDouble(words.get(option + 1));
    }

    private static String printed(Doctor doctor) {
        return doctor.run().out() + doctor.run().err();
    }

    private static String describe(Doctor doctor) {
        return "\nexit " + doctor.run().exitCode() + ", diagnoses: "
                + doctor.result().path("diagnoses").toPrettyString() + "\n"
                + doctor.run().err();
    }
}
