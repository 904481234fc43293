package siodiag.probe.session;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import siodiag.core.Deadline;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.probe.connect.LastDisconnect;
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Sessions;
import siodiag.protocol.Transports;
import siodiag.target.Target;

/** Hop session, from the first transport on: what watches in the background while the other hops are examined. */
public final class SessionStage implements Closeable {
    /** So many connections the flow and what stays beside it have open at the same time. */
    private static final int FOR_THE_FLOW = 6;

    private static final List<Symptom> SUSPICIOUS =
            List.of(Symptom.SECOND_CONNECTION_FAILS, Symptom.SERVER_ERROR, Symptom.UNUSABLE);

    private final Target target;
    private final Engine engine;
    private final Findings findings;
    private final CrashWatch crash;
    private final StandstillWatch standstill;
    private volatile SessionProbe stays;
    /** Whether one more connection was not served in time, for whatever reason. */
    private volatile boolean crowded;

    private volatile int failuresBefore;

    public SessionStage(Target target, Engine engine, Findings findings) {
        this.target = target;
        this.engine = engine;
        this.findings = findings;
        this.crash = new CrashWatch(target, engine);
        this.standstill = new StandstillWatch(target, engine);
        engine.sessions().onStuck(this::makeRoom);
    }

    /** The transports as they were found; where one failed beside another and works alone, as they are alone. */
    public Transports alone(Transports found) throws InterruptedException {
        if (found.webSocket() && engine.sessions().failures() == 0 || findings.has(Symptom.RATE_LIMITED)) {
            return found;
        }
        boolean limited = isLimited(new Transports(found.engine(), engine.polling(), true));
        return limited ? new Transports(found.engine(), found.polling(), true) : found;
    }

    /** Opens the connections that stay. @return whether to go on: false where there can be no second one */
    public boolean open(Target target, Transports transports) throws InterruptedException {
        ReconnectProbe.Outcome outcome = ReconnectProbe.run(target, transports, findings);
        if (outcome.company() == null) {
            return outcome.goOn();
        } else if (isTight()) {
            outcome.company().close();
        } else {
            stays = watched(new SessionProbe(target, transports, outcome.company()));
        }
        return outcome.goOn();
    }

    /** One more connection is not served: perhaps because of those that this client keeps. */
    private void makeRoom() {
        Sessions sessions = engine.sessions();
        if (standstill.isUnderWay()) {
            return; // nobody is served just now, not even those
        }
        synchronized (this) {
            if (!crowded && sessions.limit() == Sessions.UNLIMITED) {
                crowded = true;
                sessions.limitTo(Math.max(1, sessions.open().size()));
            }
        }
        if (isTight()) {
            endStay();
        }
    }

    /** Why the flow can't be examined; empty where there may be as many connections as it takes. */
    public Optional<String> tooFew(Transports transports) throws InterruptedException {
        if (crowded) {
            isLimited(transports);
        }
        return isTight()
                ? Optional.of("a flow needs more than "
                        + Text.count(engine.sessions().limit(), "connection") + " at the same time")
                : Optional.empty();
    }

    /** Whether there may be so few connections at the same time that the parts of the examination take turns. */
    public boolean isTight() {
        return engine.sessions().limit() < FOR_THE_FLOW;
    }

    /** Joins all namespaces over one connection. @throws ExchangeException where no session opens */
    public void join(Target target, Transports transports, List<String> namespaces) throws ExchangeException {
        if (stays == null) {
            stays = watched(SessionProbe.open(target, transports, namespaces.get(0), isTight()));
        }
        stays.join(namespaces);
    }

    private SessionProbe watched(SessionProbe probe) {
        standstill.spare(probe.idle());
        return probe;
    }

    /** Adds what was seen, once it has lasted long enough to mean something. @return how the application disconnected it */
    public Optional<LastDisconnect> finish(boolean troubled) throws InterruptedException {
        SessionProbe staying = stays;
        if (staying == null) {
            return Optional.empty();
        }
        staying.finish(troubled).forEach(findings::add);
        return staying.lastDisconnect();
    }

    /** What explains the failures that were met. */
    public void lookAfterwards(Transports transports) throws InterruptedException {
        boolean explained = explain(target.timeout());
        Sessions sessions = engine.sessions();
        boolean failed =
                sessions.failures() > failuresBefore || SUSPICIOUS.stream().anyMatch(findings::has);
        boolean suspicious = crowded || failed && sessions.limit() == Sessions.UNLIMITED;
        if (suspicious && !explained && transports.any() && !findings.has(Symptom.RATE_LIMITED)) {
            isLimited(transports);
        }
    }

    /**
     * Adds what the watches have seen so far.
     *
     * @param answerTimeout for a standstill that is under way
     * @return whether that was anything
     */
    public boolean explain(Duration answerTimeout) throws InterruptedException {
        Optional<Finding> still = standstill.finding(Deadline.in(answerTimeout));
        Optional<Finding> ended = crash.finding();
        still.ifPresent(findings::add);
        ended.ifPresent(findings::add);
        return still.isPresent() || ended.isPresent();
    }

    /**
     * Measures how many connections are served at the same time, and examines on with no more. Where single requests fail
     * now and then, one failure proves nothing.
     */
    private boolean isLimited(Transports transports) throws InterruptedException {
        if (findings.sorted().stream().anyMatch(SessionStage::isOfSingleRequest)) {
            return false;
        }
        crowded = true;
        endStay();
        Sessions sessions = engine.sessions();
        sessions.limitTo(Sessions.UNLIMITED);
        Optional<ConnectionLimit> limit = ConnectionLimit.measure(transports, target.timeout());
        Optional<Finding> finding = limit.flatMap(ConnectionLimit::finding);
        finding.ifPresent(found -> {
            findings.add(found);
            sessions.limitTo(limit.get().served());
        });
        failuresBefore = sessions.failures();
        crowded = false;
        return finding.isPresent();
    }

    /** An error of the server met before any two sessions were open side by side. */
    private static boolean isOfSingleRequest(Finding finding) {
        return finding.sign() == Symptom.SERVER_ERROR && finding.id().startsWith("transport.");
    }

    private synchronized void endStay() {
        if (stays != null) {
            stays.close();
            stays = null;
        }
    }

    @Override
    public void close() {
        standstill.close();
        endStay();
    }
}
