package siodiag.report;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import siodiag.catalogue.Hop;
import siodiag.core.Source;
import siodiag.core.Text;
import siodiag.core.Version;
import siodiag.finding.Status;
import siodiag.ledger.FlowFigures;
import siodiag.target.Expectations;
import siodiag.target.Target;

/** What a result is about, and what was expected of it by whom: the same in every form for people. */
final class Facts {
    private static final int MAX_TEXT = 220;

    private Facts() {}

    /** Names and values, in the order in which they are to be read. */
    static Map<String, String> of(Result result) {
        Target target = result.target();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "Tested",
                target.url()
                        + target.path()
                        + (target.embedded() == null
                                ? ""
                                : " (" + target.embedded().title() + ")"));
        server(result).ifPresent(engine -> facts.put("Server", engine));
        if (target.flow() != null) {
            facts.put("Flow", target.flow().name());
        }
        promises(target.expectations())
                .forEach((source, promised) -> facts.merge(
                        "Expected",
                        Text.cut(String.join(", ", promised), MAX_TEXT) + " (" + source.title() + ")",
                        (one, other) -> one + "; " + other));
        facts.put("When", result.startedAt().truncatedTo(ChronoUnit.SECONDS) + ", " + seconds(result));
        facts.put("Command", result.command());
        facts.put(
                "By",
                "Socket.IO diagnostics " + Version.NUMBER + ", Java " + System.getProperty("java.version") + ", "
                        + System.getProperty("os.name"));
        if (result.interrupted()) {
            facts.put("Interrupted", "before " + Result.labels(result.unreached()) + ": these are the results so far");
        }
        return facts;
    }

    private static Optional<String> server(Result result) {
        return HopLine.of(result).stream()
                .filter(line -> line.hop() == Hop.ENGINE)
                .map(HopLine::detail)
                .findFirst();
    }

    /** What is expected, by who promised it: the first thing to check where a verdict surprises. */
    static Map<Source, List<String>> promises(Expectations expected) {
        Map<Source, List<String>> promises = new LinkedHashMap<>();
        add(
                promises,
                expected.namespaces().source(),
                "namespaces " + String.join(", ", expected.namespaces().value()));
        add(promises, expected.authentication(), "authentication");
        if (!expected.flows().value().isEmpty()) {
            add(promises, expected.flows().source(), "events");
        }
        return promises;
    }

    private static void add(Map<Source, List<String>> promises, Source source, String promised) {
        if (source != null) {
            promises.computeIfAbsent(source, by -> new ArrayList<>()).add(promised);
        }
    }

    /** {@code BROKEN at relay}; {@code HEALTHY as far as tested: the application's events were not}. */
    static String verdict(Result result) {
        if (result.interrupted() && result.isNothingWrong()) {
            return "INTERRUPTED, nothing wrong so far";
        }
        String verdict = result.verdict().name();
        return switch (result.verdict()) {
            case BROKEN -> verdict + " at " + result.firstBroken().label();
            case HEALTHY, DEGRADED ->
                result.notTested().isEmpty()
                        ? verdict
                        : verdict + " as far as tested: the application's events were not";
        };
    }

    /** The account of a flow in one line. */
    static String account(FlowFigures flow) {
        return String.format(
                Locale.ROOT,
                "sent %d, received %d of %d, lost %d, duplicated %d, reordered %d",
                flow.sent(),
                flow.received(),
                flow.expected(),
                flow.lost(),
                flow.duplicated(),
                flow.reordered());
    }

    static String latency(FlowFigures.Latency latency) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms",
                latency.p50(),
                latency.p95(),
                latency.p99(),
                latency.max());
    }

    static String seconds(Result result) {
        return String.format(Locale.ROOT, "%.1f s", result.duration().toNanos() / 1e9);
    }

    /** What was not tested, each reason with its hops. */
    static Map<String, String> skipped(Result result) {
        Map<String, String> waiting = new LinkedHashMap<>();
        result.checks().stream()
                .map(Result.Check::finding)
                .filter(finding -> finding.status() == Status.SKIP)
                .forEach(
                        finding -> waiting.merge(finding.detail(), finding.hop().label(), Facts::joined));
        if (!result.unreached().isEmpty()) {
            waiting.put(Result.INTERRUPTED, Result.labels(result.unreached()));
        }
        return waiting;
    }

    private static String joined(String one, String other) {
        return one.contains(other) ? one : one + ", " + other;
    }
}
