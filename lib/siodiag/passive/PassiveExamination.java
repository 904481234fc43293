package siodiag.passive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import siodiag.catalogue.Hop;
import siodiag.core.Redactor;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.ledger.FlowFigures;
import siodiag.protocol.ServerFamily;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/**
 * Examines a server by what its real clients meet: no probe, no connection. Takes the events of a tap, of a record or of a HAR
 * one by one, and holds figures in place of them.
 */
public final class PassiveExamination implements ServerEvent.Listener {
    private final Sessions sessions = new Sessions();
    private final Relations relations = new Relations();
    private final ReachJudge reach = new ReachJudge();
    private final AckJudge acknowledgements = new AckJudge(relations);
    private final DeliveryJudge deliveries = new DeliveryJudge(relations, sessions);
    private final Setups setups = new Setups();
    private final List<Judge> judges = List.of(
            reach,
            new UpgradeJudge(),
            new ConnectJudge(),
            acknowledgements,
            deliveries,
            new SessionJudge(reach),
            new HeartbeatJudge());
    private final Quotes undecoded = new Quotes();
    private long events;
    private long at;

    @Override
    public synchronized void on(ServerEvent event) {
        at = Math.max(at, event.at());
        events++;
        Sessions.Session session = sessions.on(event);
        setups.on(event);
        judges.forEach(judge -> judge.on(event, session));
        if (event.kind() == RecordedEvent.Kind.MALFORMED) {
            undecoded.add(event.at(), event.client(), String.valueOf(event.detail()));
        }
    }

    @Override
    public String part() {
        return "examination";
    }

    /** When the last event was, in milliseconds since 1970; 0 for none. */
    public synchronized long lastAt() {
        return at;
    }

    /**
     * What it comes to. Called once, at the end.
     *
     * @param server  where the clients went, for people
     * @param now     milliseconds since 1970, in the time of the events
     * @param excused what was disturbed on purpose, and so is no fault of the server's
     */
    public synchronized List<Finding> findings(String server, long now, Redactor secrets, Set<Symptom> excused) {
        relations.finish();
        Findings findings = new Findings(secrets, finding -> {});
        judges.forEach(
                judge -> judge.findings(now).forEach(finding -> findings.add(excused(finding.about(server), excused))));
        if (!undecoded.isEmpty()) {
            findings.add(Finding.info(
                    "engine.undecoded",
                    Hop.ENGINE,
                    undecoded.count() + " packets could not be decoded; they were passed on as they came",
                    undecoded.array()));
        }
        if (events == 0 || sessions.all().isEmpty() && findings.sorted().isEmpty()) {
            findings.add(Finding.untested(
                    "engine.unseen", Hop.ENGINE, "no Socket.IO client was seen; let clients connect through the tap"));
        } else if (!findings.hasFailed(Hop.values()) && relations.all().stream().noneMatch(Relation::isConfirmed)) {
            findings.add(Finding.untested(
                    "relay.unseen",
                    Hop.RELAY,
                    "no event was seen to reach another client, several times and with different content"));
        }
        return findings.sorted();
    }

    private static Finding excused(Finding finding, Set<Symptom> excused) {
        return finding.isTrouble() && excused.contains(finding.sign()) ? finding.asInfo() : finding;
    }

    /** The account of what was relayed; null where nothing was. */
    public synchronized FlowFigures figures() {
        return deliveries.figures();
    }

    /** The server by its handshakes. */
    public synchronized ServerFamily family() {
        return sessions.all().stream()
                .map(session -> session.family)
                .filter(family -> family != ServerFamily.UNKNOWN)
                .findFirst()
                .orElse(ServerFamily.UNKNOWN);
    }

    /** The namespaces that clients were connected to, the most used first. */
    public synchronized List<String> namespaces() {
        List<String> names = new ArrayList<>();
        sessions.all().stream()
                .flatMap(session -> session.connected.keySet().stream())
                .collect(java.util.stream.Collectors.groupingBy(name -> name, java.util.stream.Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue()))
                .limit(100)
                .forEach(entry -> names.add(entry.getKey()));
        return names;
    }

    /** The Engine.IO path that clients used; null where none was seen. */
    public synchronized String path() {
        return sessions.all().stream()
                .map(session -> session.path)
                .filter(path -> !path.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** What the application does, as a flow file. Called after {@link #findings}. */
    public synchronized LearnedFlow learned(Redactor secrets) {
        return new FlowLearner(relations, deliveries, acknowledgements, setups, secrets).learn();
    }
}
