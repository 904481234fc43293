package siodiag.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import siodiag.core.UsageException;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Verdict;
import siodiag.ledger.FlowTimeline;
import siodiag.report.Result;
import siodiag.target.Application;
import siodiag.target.Target;

/**
 * What the page found out, as every command reports it: the page sends the contract's fields and names.
 *
 * @param limit why the page can't test this server, which is not a verdict on it; empty where it can
 */
record PageResult(Result result, String limit) {
    private static final int MAX_ENTRIES = 100;

    /** @throws UsageException if that is not what the page sends */
    static PageResult of(JsonNode sent, Target target) {
        Target known = recognised(sent.path("application"), target);
        PageResultReader reader = new PageResultReader(known, sent.path("notTested"));
        Duration duration = Duration.ofMillis(sent.path("durationMs").asLong());
        List<Diagnosis> diagnoses = new ArrayList<>();
        sent.path("diagnoses").forEach(one -> diagnoses.add(reader.diagnosis(one)));
        diagnoses.sort(
                Comparator.comparing(Diagnosis::severity)); // what is ignored comes last; the page has the order else
        List<Result.Check> checks = new ArrayList<>();
        sent.path("checks").forEach(one -> checks.add(reader.check(one)));
        if (checks.isEmpty() || checks.size() > MAX_ENTRIES || diagnoses.size() > MAX_ENTRIES) {
            throw new UsageException("not a result of the page");
        }
        return new PageResult(
                new Result(
                        new Result.Run(
                                "dashboard",
                                "./jbang dashboard --url " + target.url(),
                                Instant.now().minus(duration),
                                duration,
                                false),
                        known,
                        Verdict.of(diagnoses),
                        diagnoses,
                        checks,
                        null,
                        FlowTimeline.NONE,
                        null),
                reader.text(sent, "cannotRun"));
    }

    private static Target recognised(JsonNode application, Target target) {
        if (!application.isObject()) {
            return target;
        }
        Application.Kind kind =
                switch (application.path("name").asText("")) {
                    case "claude-mpm" -> Application.Kind.CLAUDE_MPM;
                    case "first diagnostic suite" -> Application.Kind.FIRST_SUITE;
                    default -> Application.Kind.TOOLKIT;
                };
        PageResultReader reader = new PageResultReader(target, application);
        List<String> namespaces = new ArrayList<>();
        application.path("namespaces").forEach(name -> namespaces.add(reader.safe(name.asText())));
        if (namespaces.isEmpty() || namespaces.size() > MAX_ENTRIES) {
            throw new UsageException("not an application of the page");
        }
        return target.as(new Application(
                kind,
                reader.text(application, "name"),
                reader.text(application, "version"),
                reader.text(application, "by"),
                List.copyOf(namespaces),
                false));
    }
}
