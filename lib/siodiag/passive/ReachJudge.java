package siodiag.passive;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.probe.reach.HandshakeResponse;
import siodiag.protocol.SessionDialect;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;
import siodiag.traffic.Cors;
import siodiag.traffic.Failure;
import siodiag.traffic.HttpMessages;

/** Requests that failed before or at the handshake, and those of a session that the server does not know. */
final class ReachJudge implements Judge {
    private static final Map<Symptom, Hop> HOPS = Map.ofEntries(
            Map.entry(Symptom.NAME_UNRESOLVED, Hop.RESOLVE),
            Map.entry(Symptom.TCP_REFUSED, Hop.TCP),
            Map.entry(Symptom.TCP_SILENT, Hop.TCP),
            Map.entry(Symptom.NOT_TLS, Hop.TLS),
            Map.entry(Symptom.CERTIFICATE_EXPIRED, Hop.TLS),
            Map.entry(Symptom.CERTIFICATE_OTHER_HOST, Hop.TLS),
            Map.entry(Symptom.CERTIFICATE_UNTRUSTED, Hop.TLS),
            Map.entry(Symptom.CLIENT_CERTIFICATE_REQUIRED, Hop.TLS),
            Map.entry(Symptom.CLOSED_UNANSWERED, Hop.HTTP),
            Map.entry(Symptom.SILENT, Hop.HTTP),
            Map.entry(Symptom.NOT_HTTP, Hop.HTTP),
            Map.entry(Symptom.SERVER_ERROR, Hop.HTTP),
            Map.entry(Symptom.REDIRECTED, Hop.HTTP),
            Map.entry(Symptom.RATE_LIMITED, Hop.HTTP),
            Map.entry(Symptom.NO_ENGINE, Hop.ENGINE),
            Map.entry(Symptom.ENGINE_AT_OTHER_PATH, Hop.ENGINE),
            Map.entry(Symptom.HANDSHAKE_INVALID, Hop.ENGINE),
            Map.entry(Symptom.OLD_PROTOCOL, Hop.ENGINE),
            Map.entry(Symptom.HANDSHAKE_FORBIDDEN, Hop.ENGINE),
            Map.entry(Symptom.HANDSHAKE_REFUSED, Hop.ENGINE),
            Map.entry(Symptom.ORIGIN_REFUSED, Hop.ENGINE),
            Map.entry(Symptom.PROCESS_ENDED, Hop.SESSION),
            Map.entry(Symptom.POLLING_REFUSED, Hop.TRANSPORT),
            Map.entry(Symptom.SID_UNKNOWN_INTERMITTENTLY, Hop.TRANSPORT),
            Map.entry(Symptom.LARGE_EVENT_REFUSED, Hop.EVENT),
            Map.entry(Symptom.INGEST_NOT_FOUND, Hop.EVENT),
            Map.entry(Symptom.INGEST_ERROR, Hop.EVENT));

    private static final int BAD_REQUEST = 400;
    private static final int MAX_PATHS = 20;

    private final Map<Symptom, Quotes> seen = new EnumMap<>(Symptom.class);
    private final Set<String> paths = new TreeSet<>();
    private final Quotes strangers = new Quotes();
    private long handshakes;
    private long lastHandshake;
    private long firstRefused;

    @Override
    public void on(ServerEvent event, Sessions.Session session) {
        if (event.kind() == RecordedEvent.Kind.HANDSHAKE) {
            handshakes++;
            lastHandshake = event.at();
            if (session != null && !session.path.isEmpty() && paths.size() < MAX_PATHS) {
                paths.add(session.path);
            }
        } else if (event.kind() == RecordedEvent.Kind.ERROR && event.detail() != null) {
            Symptom symptom = symptom(event, session);
            if (symptom != null) {
                seen.computeIfAbsent(symptom, first -> new Quotes()).add(event.at(), event.client(), event.detail());
                firstRefused = symptom == Symptom.TCP_REFUSED && firstRefused == 0 ? event.at() : firstRefused;
            }
        }
    }

    /** Null where it is no fault, or none of the server's. */
    private Symptom symptom(ServerEvent event, Sessions.Session session) {
        String detail = event.detail();
        if (detail.contains("by --fault")) {
            return null;
        }
        if (detail.contains(Cors.BLOCKED)) {
            return Symptom.ORIGIN_REFUSED;
        }
        if (event.direction() == RecordedEvent.Direction.NONE) {
            return Failure.in(detail).map(Failure::symptom).orElse(null);
        }
        if ("http".equals(event.transport())) {
            return event.status() == 404 || event.status() == 405 || event.status() == 501
                    ? Symptom.INGEST_NOT_FOUND
                    : event.status() == 401 || event.status() == 403 || event.status() == 400
                            ? null // an answer to this one request, about which nothing is known
                            : Symptom.INGEST_ERROR;
        }
        if (detail.contains(HttpMessages.Request.SESSION) && (session == null || !session.isOpen())) {
            strangers.add(event.at(), null, detail); // it began before, or is over
            return null;
        }
        if (SessionDialect.isUnknownSid(detail) && event.status() == BAD_REQUEST) {
            return Symptom.SID_UNKNOWN_INTERMITTENTLY;
        }
        return ofStatus(event.status(), detail, session);
    }

    private static Symptom ofStatus(int status, String detail, Sessions.Session session) {
        if (status >= 300 && status < 400) {
            return status == 304 ? null : Symptom.REDIRECTED;
        }
        return switch (status) {
            case 200 -> detail.contains("\"0{") ? Symptom.HANDSHAKE_INVALID : Symptom.NO_ENGINE;
            case 101 -> Symptom.HANDSHAKE_INVALID;
            case 400 -> ofCode(detail, session);
            case 401, 403 -> Symptom.HANDSHAKE_FORBIDDEN;
            case 404, 405, 426 -> session == null ? Symptom.NO_ENGINE : Symptom.HANDSHAKE_REFUSED;
            case 413 -> Symptom.LARGE_EVENT_REFUSED;
            case 429 -> Symptom.RATE_LIMITED;
            default ->
                status >= 500
                        ? session != null && !session.refused.isEmpty() ? null : Symptom.SERVER_ERROR
                        : session == null ? Symptom.HANDSHAKE_REFUSED : null;
        };
    }

    private static Symptom ofCode(String detail, Sessions.Session session) {
        return switch (HandshakeResponse.refused(BAD_REQUEST, detail)) {
            case OLD -> Symptom.OLD_PROTOCOL;
            case POLLING_OFF -> detail.contains("(polling") ? Symptom.POLLING_REFUSED : null;
            case FORBIDDEN -> Symptom.HANDSHAKE_FORBIDDEN;
            default -> session == null ? Symptom.HANDSHAKE_REFUSED : null;
        };
    }

    /** When the server was first not there any more, having been there before; 0 where it was always there. */
    long wentAway() {
        return handshakes > 0 ? firstRefused : 0;
    }

    @Override
    public List<Finding> findings(long now) {
        List<Finding> findings = new ArrayList<>();
        if (handshakes > 0) {
            findings.add(Finding.pass(
                    "engine.handshake",
                    Hop.ENGINE,
                    Text.count(handshakes, "session") + " began"
                            + (paths.isEmpty() ? "" : " at " + String.join(", ", paths))));
        }
        seen.forEach((symptom, quotes) -> findings.add(finding(symptom, quotes)));
        if (!strangers.isEmpty()) {
            findings.add(Finding.info(
                    "transport.old-sessions",
                    Hop.TRANSPORT,
                    Text.count(strangers.count(), "request") + " of sessions that began before, or were over",
                    strangers.array()));
        }
        return findings;
    }

    private String subject(Symptom symptom, String first) {
        return switch (symptom) {
            case ENGINE_AT_OTHER_PATH -> String.join(", ", paths);
            case ORIGIN_REFUSED -> first.replaceFirst("(?s).*" + Cors.BLOCKED + " (\\S+).*", "$1");
            case OLD_PROTOCOL -> "another Engine.IO version than its clients";
            case SERVER_ERROR, HANDSHAKE_FORBIDDEN, RATE_LIMITED ->
                first.replaceFirst("(?s).*?: (\\d{3}).*", "HTTP $1");
            case REDIRECTED -> first.replaceFirst("(?s).*? to (\\S+).*", "$1");
            case INGEST_NOT_FOUND, INGEST_ERROR -> first.replaceFirst("(?s): .*", "");
            case LARGE_EVENT_REFUSED -> "the server or its proxy (413)";
            case PROCESS_ENDED -> "clients had been connected";
            default -> "";
        };
    }

    private Finding finding(Symptom symptom, Quotes quotes) {
        Symptom told = symptom == Symptom.NO_ENGINE && handshakes > 0
                ? Symptom.ENGINE_AT_OTHER_PATH
                : symptom == Symptom.TCP_REFUSED && handshakes > 0 ? Symptom.PROCESS_ENDED : symptom;
        Hop hop = HOPS.getOrDefault(told, Hop.HTTP);
        String id = hop.label() + "." + told.label();
        String subject = subject(told, quotes.evidence().get(0));
        String detail = Text.count(quotes.count(), "request") + " of clients: "
                + quotes.evidence().get(0);
        boolean after = lastHandshake > quotes.last() && handshakes > 0;
        boolean passing = after && (symptom == Symptom.SERVER_ERROR || symptom == Symptom.HANDSHAKE_REFUSED);
        return symptom == Symptom.POLLING_REFUSED && handshakes > 0 || passing
                ? Finding.warn(id, hop, told, subject, detail, quotes.array())
                : Finding.fail(id, hop, told, subject, detail, quotes.array());
    }
}
