package siodiag.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import siodiag.catalogue.Severity;
import siodiag.core.Json;
import siodiag.core.Source;
import siodiag.core.Version;
import siodiag.diagnosis.Diagnosis;
import siodiag.finding.Finding;
import siodiag.ledger.FlowFigures;
import siodiag.target.Application;
import siodiag.target.Expectations;
import siodiag.target.Target;

/** The machine-readable result: field names and their meaning are public interface. */
public final class JsonReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private JsonReport() {}

    public static String render(Result result) {
        return tree(result).toPrettyString();
    }

    /** The same as a tree, for a result with more in it. */
    public static ObjectNode tree(Result result) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("schema", Result.SCHEMA).put("tool", result.tool()).put("version", Version.NUMBER);
        root.put("command", result.command());
        target(root.putObject("target"), result.target());
        application(root, result.target().expectations());
        server(root, result.server());
        root.put("startedAt", TIME.format(result.startedAt()));
        root.put("durationMs", round(result.duration().toNanos() / 1e6));
        root.put("verdict", result.verdict().label());
        if (result.interrupted()) {
            root.put("interrupted", true);
        }
        result.diagnoses()
                .forEach(diagnosis -> diagnosis(root.withArray("diagnoses").addObject(), diagnosis));
        root.withArray("diagnoses");
        result.notTested().forEach(finding -> root.withArray("notTested")
                .addObject()
                .put("hop", finding.hop().label())
                .put("why", finding.detail()));
        result.unreached().forEach(hop -> root.withArray("notTested")
                .addObject()
                .put("hop", hop.label())
                .put("why", Result.INTERRUPTED));
        root.withArray("notTested");
        result.checks().forEach(check -> check(root.withArray("checks").addObject(), check));
        root.withArray("checks");
        if (result.flow() != null) {
            flow(root.putObject("flow"), result.flow());
        }
        return root;
    }

    private static void target(ObjectNode node, Target target) {
        node.put("url", target.url().toString()).put("path", target.path());
        target.namespaces().forEach(name -> node.withArray("namespaces").add(name));
        node.put("embedded", target.embedded() != null);
        node.put("flow", target.flow() == null ? null : target.flow().name());
    }

    private static void application(ObjectNode root, Expectations expected) {
        Application application = expected.application();
        if (application == null) {
            root.putNull("application");
        } else {
            root.putObject("application")
                    .put("name", application.name())
                    .put("version", application.version())
                    .put("by", application.by());
        }
        ObjectNode expectations = root.putObject("expectations");
        source(expectations.putObject("namespaces"), expected.namespaces().source());
        source(expectations.putObject("flow"), expected.flows().source());
        source(expectations.putObject("authentication"), expected.authentication());
    }

    private static void server(ObjectNode root, ServerFacts facts) {
        if (facts == null) {
            root.putNull("server");
            return;
        }
        ObjectNode server = root.putObject("server")
                .put("family", facts.family())
                .put("pingIntervalMs", facts.pingIntervalMs())
                .put("pingTimeoutMs", facts.pingTimeoutMs())
                .put("maxPayload", facts.maxPayload() < 0 ? null : (Long) facts.maxPayload());
        server.putArray("transports");
        facts.transports().forEach(server.withArray("transports")::add);
        server.putArray("namespaces");
        facts.namespaces().forEach(server.withArray("namespaces")::add);
    }

    private static void source(ObjectNode node, Source source) {
        node.put("source", source == null ? null : source.kind().label())
                .put("by", source == null ? null : source.title());
    }

    private static void diagnosis(ObjectNode node, Diagnosis diagnosis) {
        node.put("cause", diagnosis.cause().id())
                .put("hop", diagnosis.hop().label())
                .put("severity", diagnosis.severity().label())
                .put("summary", diagnosis.summary());
        ArrayNode evidence = node.putArray("evidence");
        diagnosis.evidence().forEach(evidence::add);
        node.put("fix", diagnosis.fix());
        if (diagnosis.severity() == Severity.INFO) {
            node.put("ignored", true);
        }
    }

    private static void check(ObjectNode node, Result.Check check) {
        Finding finding = check.finding();
        node.put("id", finding.id())
                .put("hop", finding.hop().label())
                .put("status", finding.status().label())
                .put("durationMs", round(finding.durationMs()))
                .put("detail", finding.detail());
        if (finding.sign() != null) {
            node.put("symptom", finding.sign().label());
        }
        if (check.cause() != null) {
            node.put("cause", check.cause().id());
        }
    }

    private static void flow(ObjectNode node, FlowFigures flow) {
        node.put("sent", flow.sent())
                .put("expected", flow.expected())
                .put("received", flow.received())
                .put("lost", flow.lost())
                .put("duplicated", flow.duplicated())
                .put("reordered", flow.reordered());
        node.putObject("latencyMs")
                .put("p50", round(flow.latencyMs().p50()))
                .put("p95", round(flow.latencyMs().p95()))
                .put("p99", round(flow.latencyMs().p99()))
                .put("max", round(flow.latencyMs().max()));
    }

    private static double round(double milliseconds) {
        return Math.round(milliseconds * 1000) / 1000.0;
    }
}
