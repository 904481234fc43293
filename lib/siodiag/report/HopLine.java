package siodiag.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.target.Application;
import siodiag.target.Target;

/**
 * What matters of a hop: what is wrong with it, else what all of its checks come to.
 *
 * @param status that of the worst check
 * @param others further checks that failed, in their order
 */
record HopLine(Hop hop, Status status, String detail, int checks, List<Finding> others) {
    private static final int MAX_NAMES = 3;

    /** The hops in their order. */
    static List<HopLine> of(Result result) {
        Map<Hop, List<Finding>> byHop = result.checks().stream()
                .map(Result.Check::finding)
                .collect(Collectors.groupingBy(Finding::hop, LinkedHashMap::new, Collectors.toList()));
        List<HopLine> lines = new ArrayList<>();
        byHop.forEach((hop, findings) -> lines.add(of(hop, findings, result.target())));
        return lines;
    }

    private static HopLine of(Hop hop, List<Finding> findings, Target target) {
        Finding worst = findings.stream()
                .min(Comparator.comparing(finding -> rank(finding.status())))
                .orElseThrow();
        return new HopLine(
                hop,
                worst.status(),
                worst.status() == Status.PASS ? good(hop, findings, worst, target) : worst.detail(),
                findings.size(),
                findings.stream()
                        .filter(finding -> finding != worst && finding.isTrouble())
                        .toList());
    }

    private static int rank(Status status) {
        return switch (status) {
            case FAIL -> 0;
            case WARN -> 1;
            case PASS -> 2;
            case SKIP -> 3;
            case INFO -> 4;
        };
    }

    private static String good(Hop hop, List<Finding> findings, Finding first, Target target) {
        List<Finding> passed = findings.stream()
                .filter(finding -> finding.status() == Status.PASS)
                .toList();
        return switch (hop) {
            case ENGINE -> engine(first, target);
            case TRANSPORT -> transport(passed, first);
            case NAMESPACE -> subjects(hop, passed, first, "accept the client", "namespaces");
            case AUTH -> subjects(hop, passed, first, "reject wrong and missing credentials", "namespaces");
            case EVENT -> events(passed, first);
            case RELAY -> relay(passed, first);
            case SESSION -> session(passed, first);
            default -> first.detail();
        };
    }

    /** Our own servers answer as Node's does, and are none. */
    private static String engine(Finding handshake, Target target) {
        Application who = target.expectations().application();
        return who == null || who.kind() != Application.Kind.TOOLKIT
                ? handshake.detail()
                : handshake.detail().replace("Node socket.io", who.title());
    }

    private static String transport(List<Finding> passed, Finding first) {
        List<String> ids = passed.stream().map(Finding::id).toList();
        if (!ids.contains("transport.polling") || !ids.contains("transport.websocket")) {
            return first.detail();
        }
        return "polling and WebSocket work"
                + (ids.contains("transport.upgrade") ? ", and the upgrade between them" : "");
    }

    /** Checks whose ids are {@code hop.….NAMESPACE}. */
    private static String subjects(Hop hop, List<Finding> passed, Finding first, String verb, String noun) {
        List<String> names = passed.stream()
                .map(Finding::id)
                .filter(id -> id.startsWith(hop.label() + ".") && id.indexOf('/') > 0)
                .map(id -> id.substring(id.indexOf('/')))
                .toList();
        if (names.size() < 2) {
            return first.detail();
        }
        return (names.size() > MAX_NAMES ? names.size() + " " + noun : String.join(", ", names)) + " " + verb;
    }

    private static String events(List<Finding> passed, Finding first) {
        long acknowledged = passed.stream()
                .filter(finding -> finding.id().startsWith("event./"))
                .count();
        return acknowledged > 1
                ? acknowledged + " kinds of event are acknowledged"
                : passed.stream()
                        .filter(finding -> finding.id().startsWith("event./"))
                        .findFirst()
                        .orElse(first)
                        .detail();
    }

    private static String relay(List<Finding> passed, Finding first) {
        long kinds = passed.stream()
                .filter(finding -> finding.id().startsWith("relay./"))
                .count();
        return kinds > 1 ? Text.count(kinds, "kind") + " of event reach every receiver" : first.detail();
    }

    private static String session(List<Finding> passed, Finding first) {
        List<String> ids = passed.stream().map(Finding::id).toList();
        return ids.contains("session.stays") && ids.contains("session.reconnect")
                ? "connections stay open, and a second one succeeds"
                : first.detail();
    }
}
