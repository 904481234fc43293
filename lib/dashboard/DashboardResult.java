package siodiag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

/** What the page found out, as every command reports it: the page sends diagnoses and checks with the contract's names. */
final class DashboardResult {
    private static final int LONGEST_TEXT = 2_000;
    private static final int MOST_ENTRIES = 100;

    private final Secrets secrets;

    private DashboardResult(Target target) {
        this.secrets = new Secrets(target.token());
    }

    /** @throws BadInput if that is not what the page sends */
    static Result of(JsonNode sent, Target target) {
        DashboardResult reader = new DashboardResult(target);
        Duration duration = Duration.ofMillis(sent.path("durationMs").asLong());
        List<Diagnosis> diagnoses = new ArrayList<>();
        sent.path("diagnoses").forEach(one -> diagnoses.add(reader.diagnosis(one)));
        List<Result.Check> checks = new ArrayList<>();
        sent.path("checks").forEach(one -> checks.add(reader.check(one)));
        if (checks.isEmpty() || checks.size() > MOST_ENTRIES || diagnoses.size() > MOST_ENTRIES) {
            throw new BadInput("no result of the page");
        }
        return new Result("dashboard", target, Instant.now().minus(duration), duration, Verdict.of(diagnoses), diagnoses,
                checks, null, false);
    }

    private Diagnosis diagnosis(JsonNode one) {
        return new Diagnosis(named(Cause.values(), one, "cause"), named(Hop.values(), one, "hop"),
                named(Severity.values(), one, "severity"), text(one, "summary"), evidence(one), text(one, "fix"));
    }

    private Result.Check check(JsonNode one) {
        Finding finding = new Finding(text(one, "id"), named(Hop.values(), one, "hop"),
                named(Status.values(), one, "status"), null, "", text(one, "detail"), List.of(), 0);
        Cause cause = one.has("cause") ? named(Cause.values(), one, "cause") : Cause.UNEXPLAINED;
        return new Result.Check(finding, finding.isTrouble() ? cause : null);
    }

    private List<String> evidence(JsonNode one) {
        List<String> lines = new ArrayList<>();
        one.path("evidence").forEach(line -> lines.add(safe(line.asText())));
        return lines;
    }

    private String text(JsonNode one, String field) {
        return safe(one.path(field).asText(""));
    }

    private String safe(String text) {
        return Text.cut(secrets.hide(text), LONGEST_TEXT);
    }

    private static <E extends Enum<E>> E named(E[] values, JsonNode one, String field) {
        String wanted = one.path(field).asText("").replace('-', '_').toUpperCase(Locale.ROOT);
        return Arrays.stream(values).filter(value -> value.name().equals(wanted)).findFirst()
                .orElseThrow(() -> new BadInput("no such " + field + ": " + Text.quote(wanted, 60)));
    }
}
