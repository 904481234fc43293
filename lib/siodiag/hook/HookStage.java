package siodiag.hook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import siodiag.catalogue.Hop;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.finding.Symptom;
import siodiag.hook.javaclient.JavaClient;
import siodiag.probe.DiagnosticRun;
import siodiag.probe.relay.Preparation;
import siodiag.probe.relay.RelayFindings;
import siodiag.probe.relay.RelayProbe;
import siodiag.protocol.ConnectResult;
import siodiag.target.Flow;
import siodiag.target.Target;

/**
 * The hook's own view, after the raw probes: the official Java client connects and sends what a hook sends. What the raw
 * probes have found wanting already is told as information here; what only the client fails at is a finding of its own.
 */
public final class HookStage {
    private static final String CONNECT = "hook.connect";

    private final DiagnosticRun examination;
    private final Target target;
    private final DiagnosticRun.Reached reached;
    private final List<HookEvent> events;
    private final boolean alreadyTroubled;
    private boolean late;

    private HookStage(DiagnosticRun examination, DiagnosticRun.Reached reached, List<HookEvent> events) {
        this.examination = examination;
        this.target = examination.target();
        this.reached = reached;
        this.events = events;
        this.alreadyTroubled = examination.hasFailed(Hop.values())
                || examination.findings().stream().anyMatch(finding -> finding.sign() == Symptom.LARGE_EVENT_REFUSED);
    }

    /** Loads the client's classes in the background: the probes before spend their time waiting for the server. */
    public static void prepare() {
        Scope.current().run("load the Java client", JavaClient::load);
    }

    /** Adds the hook's findings to those of an examination whose flow has been through. @return whether the hook could connect */
    public static boolean run(DiagnosticRun done) throws InterruptedException {
        if (done.reached().isEmpty() || done.target().flow() == null) {
            return false; // The examination has said already what the event hop waits for.
        }
        List<HookEvent> events =
                HookEvent.of(done.target(), done.reached().get().joined());
        boolean tooLarge =
                done.findings().stream().anyMatch(finding -> finding.id().equals(RelayProbe.SIZE));
        boolean unready =
                done.findings().stream().anyMatch(finding -> finding.id().startsWith(Preparation.SETUP));
        if (events.isEmpty() || tooLarge || unready || done.hasFailed(Hop.SESSION, Hop.TRANSPORT)) {
            done.add(Finding.skip(
                    "hook",
                    Hop.EVENT,
                    events.isEmpty()
                            ? "a namespace of the flow that accepts the hook"
                            : tooLarge
                                    ? "a server that accepts an ordinary event"
                                    : unready ? "the setup of the flow's clients" : "stable sessions"));
            return false;
        }
        HookStage stage = new HookStage(done, done.reached().get(), events);
        return stage.run(false) || stage.late && stage.run(true);
    }

    private boolean run(boolean again) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        try (JavaClient client =
                new JavaClient(target, reached.transports().names(), false, JavaClient.Listener.NONE)) {
            Map<String, ConnectResult> admissions = connect(client);
            List<String> out = admissions.keySet().stream()
                    .filter(name -> !(admissions.get(name) instanceof ConnectResult.Connected))
                    .toList();
            if (!again && admissions.containsValue(new ConnectResult.TimedOut())) {
                late = true; // A busy machine is not a finding: the second time the client's classes are loaded.
                examination.add(Finding.info(
                                CONNECT + ".first",
                                Hop.NAMESPACE,
                                "no answer to " + JavaClient.NAME + " in time at first; tried again")
                        .took(watch.millis()));
                return false;
            }
            if (!out.isEmpty()) {
                examination.add(notConnected(client, out, admissions).took(watch.millis()));
                return false;
            }
            if (!admissions.isEmpty()) {
                examination.add(Finding.pass(
                                CONNECT,
                                Hop.NAMESPACE,
                                JavaClient.NAME + " connects to " + String.join(", ", admissions.keySet())
                                        + " over one connection")
                        .took(watch.millis()));
            }
            return send(client, again);
        }
    }

    /** All namespaces at once, over one connection, as a hook does. */
    private Map<String, ConnectResult> connect(JavaClient client) throws InterruptedException {
        Map<String, CompletableFuture<ConnectResult>> asked = new LinkedHashMap<>();
        namespaces(events).forEach(name -> asked.put(name, client.connect(name)));
        Map<String, ConnectResult> admissions = new LinkedHashMap<>();
        for (Map.Entry<String, CompletableFuture<ConnectResult>> answer : asked.entrySet()) {
            admissions.put(answer.getKey(), Scope.await(answer.getValue()));
        }
        return admissions;
    }

    static List<String> namespaces(List<HookEvent> events) {
        return events.stream()
                .map(HookEvent::send)
                .filter(send -> send.via() == Flow.Via.SOCKET)
                .map(Flow.Send::namespace)
                .distinct()
                .toList();
    }

    private Finding notConnected(JavaClient client, List<String> out, Map<String, ConnectResult> admissions) {
        List<String> evidence = new ArrayList<>();
        out.forEach(name -> evidence.add("CONNECT " + name + ": " + ConnectResult.describe(admissions.get(name))));
        evidence.addAll(client.trace().notes());
        return unusable(
                client,
                CONNECT,
                Hop.NAMESPACE,
                "the official Java client at " + String.join(", ", out),
                JavaClient.NAME + " can't connect to " + String.join(", ", out),
                evidence);
    }

    /** @return false where the events are to be sent once more: what happens once may be the client's upgrade (netty-socketio) */
    private boolean send(JavaClient client, boolean again) throws InterruptedException {
        Map<HookEvent, EventAnswer> answers = new LinkedHashMap<>();
        events.forEach(event -> answers.put(event, EventAnswer.send(client, event)));
        Duration unlikely = target.time(Wait.UNLIKELY_ACKNOWLEDGEMENT);
        Duration answerTimeout = again ? target.timeout() : target.timeout().dividedBy(2);
        boolean lost = false;
        for (Map.Entry<HookEvent, EventAnswer> sent : answers.entrySet()) {
            boolean expected = isAcknowledgedRaw(sent.getKey());
            sent.getValue().await(expected || answerTimeout.compareTo(unlikely) < 0 ? answerTimeout : unlikely);
            lost |= expected && !sent.getValue().isGood();
        }
        if (lost && !again && !alreadyTroubled && client.trace().lastClose().isEmpty()) {
            late = true;
            examination.add(Finding.info(
                            CONNECT + ".first",
                            Hop.EVENT,
                            "no answer to events of " + JavaClient.NAME + " right after connecting; tried again")
                    .withEvidence(client.trace().notes()));
            return false;
        }
        answers.forEach((event, answer) -> examination.add(
                judge(client, event, answer, isAcknowledgedRaw(event)).took(answer.tookMs())));
        return true;
    }

    private boolean isAcknowledgedRaw(HookEvent event) {
        String check = RelayFindings.event(event.send());
        return examination.findings().stream()
                .anyMatch(finding -> finding.id().equals(check) && finding.status() == Status.PASS);
    }

    private Finding judge(JavaClient client, HookEvent event, EventAnswer answer, boolean expected) {
        String label = event.send().label();
        String state = event.send().via() == Flow.Via.HTTP
                ? ""
                : "; " + (client.isConnected(event.send().namespace()) ? "connected" : "no longer connected")
                        + ", over " + client.trace().transport();
        if (answer.isGood()) {
            return Finding.pass(event.check(), Hop.EVENT, label + ": " + answer.message() + state);
        }
        List<String> evidence = new ArrayList<>(List.of(label + ": " + answer.message() + state));
        evidence.addAll(client.trace().notes());
        if (!alreadyTroubled && !client.trace().lastClose().isEmpty()) {
            return Finding.fail(
                            event.check(),
                            Hop.SESSION,
                            Symptom.CLOSED_IN_USE,
                            "right after " + label,
                            "the server closed the hook's connection")
                    .withEvidence(evidence);
        }
        return expected
                ? unusable(
                        client,
                        event.check(),
                        Hop.EVENT,
                        label + " through the official Java client",
                        evidence.get(0),
                        evidence)
                : Finding.info(event.check(), Hop.EVENT, evidence.get(0) + "; the raw probe got no answer either");
    }

    /** A failure of its own only where nothing that was seen before, nor this client's own limits, could have led to it. */
    private Finding unusable(
            JavaClient client, String check, Hop hop, String subject, String detail, List<String> evidence) {
        Finding failure =
                Finding.fail(check, hop, Symptom.UNUSABLE, subject, detail).withEvidence(evidence);
        return alreadyTroubled || client.trace().isOvertaxed() ? failure.asInfo() : failure;
    }
}
