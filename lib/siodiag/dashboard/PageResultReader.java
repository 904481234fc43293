package siodiag.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import siodiag.catalogue.Cause;
import siodiag.catalogue.Hop;
import siodiag.catalogue.Severity;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.diagnosis.Diagnosis;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.report.Result;
import siodiag.target.Target;

/**
 * Reads the parts of what the page sends: bounded, and without a secret.
 *
 * @param notTested the hops that nobody promised anything of, each with its reason
 */
record PageResultReader(Target target, JsonNode notTested) {
    private static final int MAX_TEXT = 2_000;

    Diagnosis diagnosis(JsonNode one) {
        Cause cause = named(Cause.values(), one, "cause");
        Diagnosis diagnosis = new Diagnosis(
                cause,
                named(Hop.values(), one, "hop"),
                named(Severity.values(), one, "severity"),
                text(one, "summary"),
                evidence(one),
                text(one, "fix"));
        return target.stated().ignored().contains(cause) ? diagnosis.asInformation() : diagnosis;
    }

    Result.Check check(JsonNode one) {
        Hop hop = named(Hop.values(), one, "hop");
        for (JsonNode untested : notTested) {
            if (untested.path("hop").asText().equals(hop.label())) {
                return new Result.Check(Finding.untested(text(one, "id"), hop, text(untested, "why")), null);
            }
        }
        Finding finding = new Finding(
                text(one, "id"),
                hop,
                named(Status.values(), one, "status"),
                null,
                "",
                text(one, "detail"),
                List.of(),
                "",
                0);
        Cause cause = one.has("cause") ? named(Cause.values(), one, "cause") : Cause.UNEXPLAINED;
        return new Result.Check(finding, finding.isTrouble() ? cause : null);
    }

    private List<String> evidence(JsonNode one) {
        List<String> lines = new ArrayList<>();
        one.path("evidence").forEach(line -> lines.add(safe(line.asText())));
        return lines;
    }

    String text(JsonNode one, String field) {
        return safe(one.path(field).asText(""));
    }

    String safe(String text) {
        return Text.cut(target.secrets().hide(text), MAX_TEXT);
    }

    private static <E extends Enum<E>> E named(E[] values, JsonNode one, String field) {
        String wanted = one.path(field).asText("").replace('-', '_').toUpperCase(Locale.ROOT);
        return Arrays.stream(values)
                .filter(value -> value.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new UsageException("no such " + field + ": " + Text.quote(wanted, 60)));
    }
}
