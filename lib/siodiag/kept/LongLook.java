package siodiag.kept;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import siodiag.catalogue.Hop;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.Handshake;

/**
 * The connections that are kept to one target, for hours: an idle and a used one over each transport that works. What ends them, and
 * when; how the server pings; and, by the used one, from when until when nothing answered.
 */
public final class LongLook implements Slot.Owner, AutoCloseable {

    /** Hears what can't wait for the next examination; on the event loop. */
    public interface Listener {
        /** Nothing answers any more. @param sinceNanos {@link System#nanoTime} of the first sign of it */
        void down(long sinceNanos, String how);

        /** It answers again. @param nanos {@link System#nanoTime} of the first sign of it */
        void up(long nanos);

        /** @param ms from a pulse to its answer */
        void roundTrip(double ms);

        /** @param use {@code idle} or {@code used} */
        void ended(String transport, String use, Ending ending);
    }

    /**
     * One kept connection as it is.
     *
     * @param ageMs 0 where it is not open
     * @param ends  of all that stood in its place before
     */
    public record Kept(String transport, String use, double ageMs, int ends) {}

    /** All of it as it is. @param front who answers in front; empty where unknown */
    public record Snapshot(List<Kept> connections, Pings pings, String front) {}

    private static final long PULSE_MS = 1000;
    /** Polling pays two requests for a pulse. */
    private static final int POLLING_PULSES = 10;
    /** Apart, so that a limit to the age ends them one after the other, and a restart all at once. */
    private static final long STAGGER_MS = 800;

    private static final long TOGETHER_NANOS = 400_000_000L;
    private static final long AROUND_NANOS = 2_000_000_000L;
    /** Ours opened, theirs closed: the application keeps one connection a client. */
    private static final long REPLACED_NANOS = 700_000_000L;

    private static final int REPLACED_OFTEN = 2;
    private static final int RECENT = 3;

    private final List<String> transports;
    private final EventLoop loop;
    private final Listener listener;
    private final List<Slot> slots = new ArrayList<>();
    private final Front front = new Front();
    private final Intervals disturbances = new Intervals();
    private final Deque<Boolean> recentlyLate = new ArrayDeque<>();
    private Peer peer;
    private Handshake handshake;
    private Pings pings = Pings.NONE;
    private long openedNanos = System.nanoTime();
    private long examinedNanos = openedNanos - AROUND_NANOS;
    private long answeredNanos;
    private long downNanos;
    private int replaced;
    private int beats;
    private boolean frontAsked;
    private Future<?> pulses;

    /** Opens the connections. @param transports that work, as clients name them */
    public LongLook(Peer peer, List<String> transports, EventLoop loop, Listener listener) {
        this.peer = peer;
        this.transports = List.copyOf(transports);
        this.loop = loop;
        this.listener = listener;
        for (boolean used : new boolean[] {false, true}) {
            transports.stream()
                    .sorted(Comparator.reverseOrder()) // WebSocket first: its pulse is cheaper
                    .forEach(transport -> slots.add(new Slot(transport, used, loop, this)));
        }
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i).open(i * STAGGER_MS);
        }
        pulses = loop.scheduleAtFixedRate(this::pulse, PULSE_MS, PULSE_MS, TimeUnit.MILLISECONDS);
    }

    /** The server as a later examination found it, open to clients: what was refused before is tried again. */
    public synchronized void at(Peer found) {
        peer = found;
        slots.stream().filter(Slot::isUsed).forEach(slot -> loop.execute(slot::openAgain));
    }

    /** Examinations saw a change in that time: what ended in it, ended with that. Both in {@link System#nanoTime}. */
    public synchronized void disturbed(long fromNanos, long untilNanos) {
        disturbances.add(fromNanos, untilNanos);
    }

    /** An examination opens connections: an application may keep one a client, and close the others. */
    public synchronized void examined() {
        examinedNanos = System.nanoTime();
    }

    /** Whether any connection is open. */
    public synchronized boolean isHolding() {
        return slots.stream().anyMatch(Slot::isOpen);
    }

    public List<String> transports() {
        return transports;
    }

    @Override
    public synchronized void close() {
        if (pulses != null) {
            pulses.cancel(false);
        }
        slots.forEach(slot -> loop.execute(slot::close));
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(
                slots.stream()
                        .map(slot -> new Kept(
                                slot.transport(), slot.use(), slot.isOpen() ? slot.ageMs() : 0, slot.endCount()))
                        .toList(),
                pings,
                front.describe());
    }

    /** What the connections tell by now. */
    public synchronized List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (handshake == null || isAlone()) {
            if (isAlone()) {
                findings.add(Finding.info(
                        "session.idle",
                        Hop.SESSION,
                        "the application keeps one connection a client: none is kept beside the examinations"));
            }
            return findings;
        }
        patterns().forEach(pattern -> findings.add(pattern.finding(front, handshake)));
        findings.addAll(heartbeat());
        return findings;
    }

    private List<CutPattern> patterns() {
        return slots.stream()
                .map(Slot::transport)
                .distinct()
                .flatMap(transport -> CutPattern.of(
                        transport,
                        cuts(transport, false),
                        cuts(transport, true),
                        slot(transport, true).isOpen() ? slot(transport, true).ageMs() : 0)
                        .stream())
                .filter(pattern -> !slot(pattern.transport(), false).isOpen()
                        || !pattern.isOver(slot(pattern.transport(), false).ageMs()))
                .toList();
    }

    private List<Finding> heartbeat() {
        boolean stopped = slots.stream()
                .flatMap(slot -> counted(slot).stream())
                .anyMatch(ending -> ending.kind() == Ending.Kind.PINGS_STOPPED);
        String detail = pings.describe();
        if (stopped) {
            return List.of(Finding.fail(
                    "session.heartbeat",
                    Hop.SESSION,
                    Symptom.PING_LATE,
                    "no ping within pingInterval + pingTimeout",
                    "the server's pings stopped: " + detail,
                    "no ping for "
                            + (handshake.pingIntervalMs() + handshake.pingTimeoutMs()) / 1000.0
                            + " s (pingInterval + pingTimeout): the official clients disconnect then",
                    detail));
        } else if (recentlyLate.contains(true)) {
            return List.of(Finding.warn(
                    "session.heartbeat",
                    Hop.SESSION,
                    Symptom.PING_LATE,
                    String.format(Locale.ROOT, "%.1f s", pings.longestMs() / 1000),
                    "pings are late: " + detail,
                    detail));
        }
        return List.of(Finding.info("session.heartbeat", Hop.SESSION, detail));
    }

    private Slot slot(String transport, boolean used) {
        return slots.stream()
                .filter(slot -> slot.transport().equals(transport) && slot.isUsed() == used)
                .findFirst()
                .orElseThrow();
    }

    /** Without those that this side ended. */
    private List<Ending> cuts(String transport, boolean used) {
        return counted(slot(transport, used)).stream().filter(Ending::isCut).toList();
    }

    /** Those that are not part of an outage, nor of the end of everything at the same moment. */
    private List<Ending> counted(Slot slot) {
        return slot.ends().stream()
                .filter(end -> !isInOutage(end.nanos()) && !isTogether(slot, end.nanos()))
                .map(Slot.End::ending)
                .toList();
    }

    private boolean isInOutage(long nanos) {
        return disturbances.cover(nanos, AROUND_NANOS) || downNanos != 0 && nanos > downNanos - AROUND_NANOS;
    }

    /** Whether an idle and a used connection ended at once: the program that held both has ended or let go of all. */
    private boolean isTogether(Slot slot, long nanos) {
        return slots.stream()
                .filter(other -> other.isUsed() != slot.isUsed())
                .flatMap(other -> other.ends().stream())
                .anyMatch(end -> Math.abs(end.nanos() - nanos) < TOGETHER_NANOS);
    }

    private boolean isAlone() {
        return replaced >= REPLACED_OFTEN;
    }

    private Slot primary() {
        return slots.stream().filter(Slot::isUsed).findFirst().orElseThrow();
    }

    private synchronized void pulse() {
        beats++;
        slots.stream()
                .filter(Slot::isUsed)
                .filter(slot -> slot.transport().equals("websocket") || beats % POLLING_PULSES == 0)
                .forEach(Slot::pulse);
        Slot first = primary();
        long asked = first.askedNanos();
        if (asked != 0
                && first.answers()
                && downNanos == 0
                && System.nanoTime() - asked > peer.timeout().toNanos()) {
            // It fell silent between the last answer and the pulse that has none.
            down(asked - Math.min(asked - answeredNanos, PULSE_MS * 1_000_000) / 2, "open, but silent");
        }
    }

    private void down(long since, String how) {
        if (downNanos == 0) {
            downNanos = since;
            tell(() -> listener.down(since, how));
        }
    }

    private void up() {
        if (downNanos != 0) {
            long now = System.nanoTime();
            disturbances.add(downNanos, now);
            downNanos = 0;
            tell(() -> listener.up(now));
        }
    }

    /** Later, without this lock: whoever hears it may look at other targets. */
    private void tell(Runnable what) {
        loop.execute(what);
    }

    @Override
    public KeptConnection connection(Slot slot) {
        return slot.transport().equals("websocket")
                ? new KeptWebSocket(peer, loop, front, slot)
                : new KeptPolling(peer, loop, front, slot);
    }

    @Override
    public synchronized void opened(Slot slot, Handshake found) {
        handshake = found;
        pings = pings.announced(found.pingIntervalMs());
        openedNanos = System.nanoTime();
        if (slot == primary()) {
            answeredNanos = openedNanos;
            up();
        }
    }

    @Override
    public synchronized void failed(Slot slot, boolean unreachable, String detail) {
        if (slot == primary() && unreachable && handshake != null) {
            long ended = slot.ends().stream()
                    .map(Slot.End::nanos)
                    .max(Comparator.naturalOrder())
                    .orElse(System.nanoTime());
            down(ended, detail);
        }
    }

    @Override
    public synchronized void pinged(Slot slot, long announcedMs, double gapMs) {
        long began = System.nanoTime() - (long) (gapMs * 1e6);
        boolean disturbed = downNanos != 0 || disturbances.reachBeyond(began);
        if (!disturbed) {
            pings = pings.with(announcedMs, gapMs);
            recentlyLate.add(gapMs > Pings.limitMs(announcedMs));
            if (recentlyLate.size() > RECENT * slots.size()) {
                recentlyLate.remove();
            }
        }
    }

    @Override
    public synchronized void answered(Slot slot, long sentNanos) {
        long now = System.nanoTime();
        if (slot == primary()) {
            answeredNanos = now;
            up();
        }
        if (slot.transport().equals(primary().transport())) {
            double ms = (now - sentNanos) / 1e6;
            tell(() -> listener.roundTrip(ms));
        }
    }

    @Override
    public synchronized void ended(Slot slot, Ending ending) {
        long now = System.nanoTime();
        boolean ours = now - openedNanos < REPLACED_NANOS || now - examinedNanos < REPLACED_NANOS;
        if (ending.isRegular() && ours) {
            replaced++;
            if (isAlone()) {
                close();
                return;
            }
        }
        tell(() -> listener.ended(slot.transport(), slot.use(), ending));
        if (!frontAsked && front.program() == null && !ending.isRegular() && slot.endCount() >= RECENT - 1) {
            frontAsked = true;
            FrontProbe.ask(peer, loop, front);
        }
    }
}
