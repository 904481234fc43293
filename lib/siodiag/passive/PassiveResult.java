package siodiag.passive;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import siodiag.catalogue.Cause;
import siodiag.core.Redactor;
import siodiag.core.Source;
import siodiag.core.Timings;
import siodiag.finding.Symptom;
import siodiag.ledger.FlowTimeline;
import siodiag.protocol.Credentials;
import siodiag.report.Result;
import siodiag.target.Expectations;
import siodiag.target.Expected;
import siodiag.target.Flow;
import siodiag.target.Stated;
import siodiag.target.Target;

/** What a passive examination comes to, in the form that every command gives. */
public final class PassiveResult {
    private static final Source SEEN = new Source(Source.Kind.RECOGNISED, "seen in the traffic");
    private static final Expected<List<Flow>> NO_FLOW = new Expected<>(List.of(), SEEN);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private PassiveResult() {}

    /**
     * @param server  where the clients went
     * @param path    the Engine.IO path; null: the one that was seen
     * @param ignored causes that are told, and no part of the verdict
     * @param excused what was disturbed on purpose
     * @param now     milliseconds since 1970, in the time of the events
     */
    public static Result of(
            Result.Run run,
            PassiveExamination seen,
            URI server,
            String path,
            Set<Cause> ignored,
            Set<Symptom> excused,
            long now) {
        Redactor secrets = new Redactor();
        var findings = seen.findings(server.toString(), now, secrets, excused);
        String known = path != null ? path : seen.path() == null ? Target.DEFAULT_PATH : seen.path();
        Stated stated = new Stated(null, null, null, ignored);
        List<String> namespaces = seen.namespaces();
        Expectations expected = new Expectations(
                null,
                namespaces.isEmpty() ? new Expected<>(List.of("/"), Source.PROTOCOL) : new Expected<>(namespaces, SEEN),
                NO_FLOW,
                null);
        Target target = new Target(
                server,
                Target.normalPath(known),
                Credentials.NONE,
                stated,
                expected,
                null,
                null,
                List.of(),
                Timings.of(TIMEOUT),
                Duration.ZERO,
                false,
                null);
        return Result.of(run, target, seen.family(), findings, seen.figures(), FlowTimeline.NONE);
    }
}
