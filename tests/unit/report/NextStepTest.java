package siodiag.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import siodiag.catalogue.Hop;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;

/** The line that says what to run next. */
class NextStepTest {
    private static final String URL = "http://localhost:3000";

    @Test
    void an_application_whose_events_were_not_tested_gets_the_command_that_tests_one() {
        assertEquals(
                new NextStep(
                        "test an event of your own",
                        "./jbang e2e --url http://localhost:3000 --send EVENT --data '\"hello {mark}\"' --expect EVENT"),
                next("--url", URL, Finding.untested("event.flow", Hop.EVENT, "no flow")));
    }

    @Test
    void a_healthy_one_is_watched_for_longer_with_the_same_flow() {
        NextStep next = step(Results.of(
                Results.target("--url", URL, "--path", "/rt", "--send", "chat message", "--expect", "ack"),
                false,
                Finding.pass("tcp.connect", Hop.TCP, "connected")));
        assertEquals("see whether an idle connection lasts", next.purpose());
        assertEquals(
                "./jbang run-all --url http://localhost:3000 --path /rt --send 'chat message' --expect ack --idle 120",
                next.command().replace("--data '{}' ", ""));
    }

    @Test
    void a_broken_one_gets_the_command_of_its_cause_filled_in() {
        Finding lost = Finding.fail("relay./.say", Hop.RELAY, Symptom.NOT_DELIVERED, "\"say\" to /", "lost", "lost");
        assertEquals(
                new NextStep("look closer", "./jbang ask watch / --url http://localhost:3000 --for 30"),
                next("--url", URL, lost));
    }

    @Test
    void credentials_are_mentioned_and_not_repeated() {
        NextStep next = step(Results.of(
                Results.target("--url", URL, "--token", "s3cr3t", "--header", "X-Key: s3cr3t"),
                false,
                Finding.untested("event.flow", Hop.EVENT, "no flow")));
        assertFalse(next.toString().contains("s3cr3t"), next.toString());
        assertEquals("test an event of your own (with your --token, --header)", next.purpose());
    }

    private static NextStep next(String option, String value, Finding finding) {
        return step(Results.of(Results.target(option, value), false, finding));
    }

    private static NextStep step(Result result) {
        return NextStep.of(result).orElseThrow();
    }
}
