package siodiag.command;

import java.util.List;
import siodiag.probe.DiagnosticRun;
import siodiag.report.Result;
import siodiag.report.ServerFacts;

/** From an examination to its result. */
public final class Results {
    private Results() {}

    /** What the examination has found so far. */
    public static Result of(Result.Run run, DiagnosticRun done) {
        Result result = Result.of(run, done.target(), done.family(), done.findings(), done.figures(), done.timeline());
        return result.with(done.handshake()
                .map(handshake -> done.reached()
                        .map(way -> ServerFacts.of(handshake, way.transports(), way.joined()))
                        .orElseGet(() -> ServerFacts.of(handshake, null, List.of())))
                .orElse(null));
    }
}
