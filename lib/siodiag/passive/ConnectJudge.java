package siodiag.passive;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import siodiag.catalogue.Hop;
import siodiag.core.Jwt;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.Refusal;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/** How clients were connected to their namespaces, or refused, in the server's words. */
final class ConnectJudge implements Judge {
    private static final int MAX_NAMESPACES = 200;
    private static final int MAX_PENDING = 5_000;
    /** A client that gives up has waited at least a second (python-socketio's default). */
    private static final long GAVE_UP_MS = 900;

    private static final long SILENT_MS = 3_000;
    private static final String MESSAGE_PACK = "MessagePack";

    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
    private final Map<String, Asked> pending = new LinkedHashMap<>();
    private long messagePack;

    private record Asked(String namespace, long at, boolean auth, List<String> remarks) {}

    private static final class Namespace {
        private long connected;
        private long connectedWithoutAuth;
        private final Quotes unknown = new Quotes();
        private final Quotes token = new Quotes();
        private final Quotes other = new Quotes();
        private final Quotes silent = new Quotes();
        private final Quotes silentWithAuth = new Quotes();
        private final List<String> remarks = new ArrayList<>();
    }

    @Override
    public void on(ServerEvent event, Sessions.Session session) {
        String key = event.client() + " " + event.namespace();
        switch (event.kind()) {
            case CONNECT -> {
                if (event.isIn()) {
                    asked(key, event);
                }
                if (!event.isIn() || session != null && session.path.isEmpty()) {
                    connected(key, event);
                }
            }
            case REFUSED -> {
                if (event.namespace() != null) {
                    refused(key, event);
                }
            }
            case CLOSE ->
                pending.entrySet().removeIf(entry -> {
                    boolean gone = entry.getKey().startsWith(event.client() + " ");
                    if (gone && event.at() - entry.getValue().at() >= GAVE_UP_MS) {
                        silent(entry.getKey(), entry.getValue(), event.at());
                    }
                    return gone;
                });
            default -> {
                // no part of connecting
            }
        }
    }

    private void asked(String key, ServerEvent event) {
        if (pending.size() < MAX_PENDING) {
            boolean auth = event.args() != null && !event.args().equals("[{}]");
            List<String> remarks = Jwt.find(event.args())
                    .map(token -> token.remarks(Instant.ofEpochMilli(event.at())))
                    .orElse(List.of());
            pending.put(key, new Asked(event.namespace(), event.at(), auth, remarks));
        }
    }

    private void connected(String key, ServerEvent event) {
        Asked asked = pending.remove(key);
        Namespace namespace = namespace(event.namespace());
        namespace.connected++;
        namespace.token.overcome(event.client());
        namespace.other.overcome(event.client());
        namespace.connectedWithoutAuth += asked != null && !asked.auth() ? 1 : 0;
        messagePack += String.valueOf(event.detail()).startsWith(MESSAGE_PACK) ? 1 : 0;
    }

    private void refused(String key, ServerEvent event) {
        Asked asked = pending.remove(key);
        Namespace namespace = namespace(event.namespace());
        String words = String.valueOf(event.detail());
        String quote =
                event.namespace() + ": " + Text.quote(Refusal.message(words).strip(), 200);
        if (Refusal.namesUnknownNamespace(words)) {
            namespace.unknown.add(event.at(), event.client(), quote);
        } else if (Refusal.speaksOfToken(words)) {
            namespace.token.add(event.at(), event.client(), quote);
        } else {
            namespace.other.add(event.at(), event.client(), quote);
        }
        if (asked != null && namespace.remarks.isEmpty()) {
            namespace.remarks.addAll(asked.remarks());
        }
    }

    private void silent(String key, Asked asked, long at) {
        Namespace namespace = namespace(asked.namespace());
        String words = "CONNECT to " + asked.namespace() + (asked.auth() ? " with" : " without")
                + " an auth object: no answer for " + Text.duration(Duration.ofMillis(at - asked.at()));
        (asked.auth() ? namespace.silentWithAuth : namespace.silent).add(at, key.split(" ")[0], words);
    }

    private Namespace namespace(String name) {
        Namespace known = namespaces.get(name);
        if (known == null) {
            known = new Namespace();
            if (namespaces.size() < MAX_NAMESPACES) {
                namespaces.put(name, known);
            }
        }
        return known;
    }

    @Override
    public List<Finding> findings(long now) {
        pending.entrySet().removeIf(entry -> {
            boolean late = now - entry.getValue().at() >= SILENT_MS;
            if (late) {
                silent(entry.getKey(), entry.getValue(), now);
            }
            return late;
        });
        List<Finding> findings = new ArrayList<>();
        namespaces.forEach((name, seen) -> findings.addAll(findings(name, seen)));
        if (messagePack > 0) {
            findings.add(Finding.info(
                    "namespace.parser",
                    Hop.NAMESPACE,
                    "clients and server speak " + MESSAGE_PACK + " (socket.io-msgpack-parser)"));
        }
        return findings;
    }

    private static List<Finding> findings(String name, Namespace seen) {
        List<Finding> findings = new ArrayList<>();
        if (seen.connected > 0) {
            findings.add(Finding.pass(
                    "namespace." + name,
                    Hop.NAMESPACE,
                    Text.count(seen.connected, "client") + " connected to " + name));
        }
        if (!seen.unknown.isEmpty()) {
            findings.add(Finding.fail(
                    "namespace.unknown." + name,
                    Hop.NAMESPACE,
                    Symptom.NAMESPACE_UNKNOWN,
                    name,
                    "clients asked for " + name + ", which the server does not have",
                    seen.unknown.array()));
        }
        refused(findings, "auth.token." + name, name, seen, seen.token, Symptom.TOKEN_REFUSED);
        refused(findings, "auth.connect." + name, name, seen, seen.other, Symptom.CONNECT_REFUSED);
        silent(findings, name, seen);
        return findings;
    }

    /** Clients that were connected later have corrected what was wrong. */
    private static void refused(
            List<Finding> findings, String id, String name, Namespace seen, Quotes quotes, Symptom symptom) {
        if (quotes.isEmpty()) {
            return;
        }
        List<String> evidence = new ArrayList<>(quotes.evidence());
        evidence.addAll(seen.remarks);
        boolean later = quotes.clients().isEmpty();
        String detail = Text.count(quotes.count(), "CONNECT") + " refused by "
                + quotes.evidence().get(0);
        findings.add(
                later
                        ? Finding.info(id, Hop.AUTH, detail + ", and connected later", evidence.toArray(String[]::new))
                        : Finding.fail(id, Hop.AUTH, symptom, name, detail, evidence.toArray(String[]::new)));
    }

    private static void silent(List<Finding> findings, String name, Namespace seen) {
        boolean onlyWithAuth = seen.silent.isEmpty() && !seen.silentWithAuth.isEmpty() && seen.connectedWithoutAuth > 0;
        Quotes quotes = seen.silentWithAuth.isEmpty() ? seen.silent : seen.silentWithAuth;
        if (quotes.isEmpty()) {
            return;
        }
        findings.add(
                onlyWithAuth
                        ? Finding.fail(
                                "auth.unanswered." + name,
                                Hop.AUTH,
                                Symptom.AUTH_UNANSWERED,
                                name,
                                "a CONNECT to " + name + " with an auth object is not answered, one without is",
                                quotes.array())
                        : Finding.fail(
                                "namespace.silent." + name,
                                Hop.NAMESPACE,
                                Symptom.NAMESPACE_SILENT,
                                name,
                                quotes.evidence().get(0),
                                quotes.array()));
    }
}
