package siodiag.watch;

import io.netty.channel.EventLoop;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.kept.Ending;
import siodiag.kept.LongLook;
import siodiag.kept.Peer;
import siodiag.probe.DiagnosticRun;
import siodiag.probe.LightRun;
import siodiag.protocol.Transports;
import siodiag.target.Plan;
import siodiag.target.Target;

/**
 * One target over the whole time: a thorough examination first and after each change, light ones between them, and the
 * connections that are kept.
 */
final class TargetWatch implements LongLook.Listener, AutoCloseable {
    /** How soon a state is looked at again that is not certain yet. */
    private static final Duration CONFIRM = Duration.ofSeconds(2);

    private static final Plan ONCE = new Plan(1, 0, 1);

    private final Target base;
    private final Pace pace;
    private final EventLoop loop;
    private final WatchListener listener;
    private final Runnable hurry;
    private final Hysteresis hysteresis;
    private final History history = new History(Instant.now());
    private final Availability availability;
    private volatile DiagnosticRun thorough;
    private volatile LightRun.Seen last;
    private volatile LongLook look;
    private volatile List<Finding> explained = List.of();
    /** What the last thorough examination that got so far knows of it: recognised, and what works. */
    private volatile Target known;

    private volatile Transports transports;
    private Deadline thoroughAgain;
    /** Whether connections are kept. */
    private boolean keeps;

    /** What the light examination before saw by itself, and when. */
    private State before;

    private long beforeNanos;
    /** The kept connections as they were at the end, and what they told. */
    private volatile LongLook.Snapshot kept;

    private volatile List<Finding> told;
    private volatile boolean closed;

    /**
     * @param loop  keeps the connections; null: none are kept
     * @param hurry asks for an examination as soon as possible
     */
    TargetWatch(Target base, Pace pace, EventLoop loop, WatchListener listener, HurryUp hurry) {
        this.base = base;
        this.pace = pace;
        this.loop = loop;
        this.listener = listener;
        this.hurry = () -> hurry.now(this);
        this.hysteresis = new Hysteresis(pace.after());
        this.availability = new Availability(base.url(), history);
        this.known = base;
        this.keeps = loop != null;
    }

    /** Asks for an examination as soon as possible. */
    interface HurryUp {
        void now(TargetWatch target);
    }

    URI url() {
        return base.url();
    }

    Target base() {
        return base;
    }

    History history() {
        return history;
    }

    /** As it was reported last; null before the first examination. */
    State state() {
        return availability.state();
    }

    Availability availability() {
        return availability;
    }

    /** The last thorough examination; null before there is one. */
    DiagnosticRun thorough() {
        return thorough;
    }

    /** The last light examination; null before there is one. */
    LightRun.Seen last() {
        return last;
    }

    /** All that is known by now: the examination that explains the state, and what the kept connections tell. */
    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(explained);
        all.addAll(lookFindings());
        return all;
    }

    Optional<LongLook.Snapshot> kept() {
        return kept != null ? Optional.of(kept) : Optional.ofNullable(look).map(LongLook::snapshot);
    }

    /** How long until the next examination, counted from the start of the last. */
    Duration pause() {
        boolean soon = hysteresis.isUndecided() || availability.isUnexplained();
        return soon && CONFIRM.compareTo(pace.every()) < 0 ? CONFIRM : pace.every();
    }

    /** One examination; may take as long as one of {@code run-all}. */
    void examine() throws InterruptedException {
        Instant began = Instant.now();
        if (look != null) {
            look.examined();
        }
        try {
            boolean first = thorough == null;
            if (first) {
                lookThoroughly();
            }
            LightRun.Seen seen = lookLightly();
            if (transports == null && seen.engine() != null && !first) {
                lookThoroughly();
                seen = lookLightly();
            }
            judge(refusesSecond(seen) ? lookAlone() : seen, began, first);
        } catch (CancellationException ended) {
            // The watch is over.
        }
    }

    private void lookThoroughly() throws InterruptedException {
        Set<DiagnosticRun.Part> parts = base.stated().flow() == null
                ? EnumSet.noneOf(DiagnosticRun.Part.class)
                : EnumSet.of(DiagnosticRun.Part.FLOW);
        DiagnosticRun run = new DiagnosticRun(base, parts, ONCE, finding -> {});
        run.run();
        run.transports().ifPresent(found -> {
            transports = withKnown(found);
            known = run.target();
        });
        thorough = run;
        thoroughAgain = Deadline.in(pace.thorough());
    }

    /** What has worked once is expected from then on. */
    private Transports withKnown(Transports found) {
        return transports == null
                ? found
                : new Transports(
                        found.engine(),
                        found.polling() || transports.polling(),
                        found.webSocket() || transports.webSocket());
    }

    private LightRun.Seen lookLightly() throws InterruptedException {
        LightRun.Seen seen = new LightRun(known, transports)
                .run(base.timeout().plus(base.timings().beyondTimeout()));
        keep(seen);
        return seen;
    }

    /** Opens the connections that are kept, once a namespace is known that accepts the client. */
    private void keep(LightRun.Seen seen) {
        if (!keeps || closed || seen.joined().isEmpty()) {
            return;
        }
        Peer peer = new Peer(
                seen.engine().site(),
                transports.engine().parser(),
                seen.joined().get(0),
                known.auth(),
                base.timeout());
        if (look != null && look.transports().equals(transports.names())) {
            look.at(peer);
            return;
        }
        if (look != null) {
            look.close(); // it knows one transport less
        }
        look = new LongLook(peer, transports.names(), loop, this);
        if (closed) {
            look.close();
        }
    }

    /** Whether a client is rejected, or disconnected, perhaps because of the connections that are kept. */
    private boolean refusesSecond(LightRun.Seen seen) {
        boolean rejected = isTroubled(seen, Hop.NAMESPACE) || isTroubled(seen, Hop.AUTH);
        return look != null && (isTroubled(seen, Hop.SESSION) || rejected && look.isHolding());
    }

    private static boolean isTroubled(LightRun.Seen seen, Hop hop) {
        return seen.findings().stream().anyMatch(finding -> finding.isTrouble() && finding.hop() == hop);
    }

    /** Without the connections that are kept. Where that helps, the application wants one a client, and none is kept any more. */
    private LightRun.Seen lookAlone() throws InterruptedException {
        look.close();
        look = null;
        TimeUnit.MILLISECONDS.sleep(base.time(Wait.CLEARING_UP).toMillis());
        keeps = false;
        LightRun.Seen seen = lookLightly();
        keeps = seen.joined().isEmpty() && loop != null;
        return seen;
    }

    private void judge(LightRun.Seen seen, Instant began, boolean first) throws InterruptedException {
        List<Finding> findings = new ArrayList<>(seen.findings());
        findings.addAll(lookFindings());
        State light = State.of(findings, seen.family(), base);
        if (light.isDown() && availability.isOverSince(began)) {
            hurry.run();
            return;
        }
        disturb(State.of(seen.findings(), seen.family(), base));
        last = seen;
        record(seen, light);
        Optional<Hysteresis.Change> change = hysteresis.offer(light, began);
        if (first) {
            show(explain(light, seen), began);
        } else if (change.isPresent()) {
            lookThoroughly();
            show(explain(light, seen), change.get().since());
        } else if (thoroughAgain.passed() && !hysteresis.isUndecided()) {
            lookAgain(light, seen, began);
        }
    }

    /** What light examinations don't see may have changed as well: it is told if it is seen twice. */
    private void lookAgain(State light, LightRun.Seen seen, Instant began) throws InterruptedException {
        lookThoroughly();
        State once = explain(light, seen);
        if (!once.isLike(state())) {
            lookThoroughly();
            State twice = explain(light, seen);
            if (twice.isLike(once)) {
                show(twice, began);
            }
        }
    }

    /** While the target changes, or is down, connections end for that: this tells nothing of timeouts. */
    private void disturb(State bare) {
        long now = System.nanoTime();
        if (look != null && before != null && (!bare.isLike(before) || bare.isDown())) {
            look.disturbed(beforeNanos, now);
        }
        before = bare;
        beforeNanos = now;
    }

    private void record(LightRun.Seen seen, State light) {
        history.examined(light.verdict(), seen.connectMs());
        seen.findings().stream()
                .filter(finding -> finding.status() == Status.PASS && finding.durationMs() > 0)
                .forEach(finding -> history.hop(finding.hop().label(), finding.durationMs()));
        if (!Double.isNaN(seen.connectMs())) {
            history.hop("namespace", seen.connectMs());
        }
        listener.examined(this, light, seen.connectMs());
    }

    /** The worse of both looks: where the thorough one finds nothing, what the light one found stays. */
    private State explain(State light, LightRun.Seen seen) {
        List<Finding> findings = new ArrayList<>(thorough.findings());
        findings.addAll(lookFindings());
        State full = State.of(findings, thorough.family(), base);
        boolean isLight = light.isWorseThan(full);
        explained = isLight ? seen.findings() : thorough.findings();
        return isLight ? light : full;
    }

    private List<Finding> lookFindings() {
        List<Finding> atTheEnd = told;
        return atTheEnd != null ? atTheEnd : look == null ? List.of() : look.findings();
    }

    private void show(State state, Instant began) {
        availability.is(state, began, Instant.now()).ifPresent(change -> listener.changed(this, change));
    }

    @Override
    public void down(long sinceNanos, String how) {
        availability.silentSince(instant(sinceNanos));
        hurry.run();
    }

    @Override
    public void up(long nanos) {
        availability.answeredAt(instant(nanos)).ifPresent(change -> listener.changed(this, change));
        hurry.run();
    }

    @Override
    public void roundTrip(double ms) {
        history.answered(ms);
    }

    @Override
    public void ended(String transport, String use, Ending ending) {
        history.ended(new History.End(transport, use, ending.kind().label()));
        listener.ended(
                this,
                transport,
                use,
                String.format(Locale.ROOT, "after %.1f s, ", ending.ageMs() / 1000) + ending.describe());
    }

    private static Instant instant(long nanos) {
        return Instant.now().minusNanos(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        closed = true;
        if (look != null) {
            told = look.findings();
            kept = look.snapshot();
            look.close();
        }
    }
}
