package siodiag.passive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.probe.session.IdleEnd;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/** How sessions end: by whom, after how long, and how regularly. */
final class SessionJudge implements Judge {
    private static final int ABNORMAL = 1006;
    private static final int TOO_BIG = 1009;
    private static final int MAX_ENDS = 2000;
    private static final int MAX_QUOTED = 4;
    private static final long TOGETHER_MS = 300;
    private static final long RETURN_MS = 3_000;
    private static final double SAME_SHARE = 0.1;
    private static final long SAME_MS = 500;
    private static final int STORM = 10;
    private static final long STORM_MS = 30_000;

    private final ReachJudge reach;
    private final List<End> ends = new ArrayList<>();
    private final List<Long> begins = new ArrayList<>();
    private long lefts;

    /** A session that the server, or something before it, ended. */
    private record End(
            String client,
            long at,
            long livedMs,
            long quietMs,
            int code,
            String how,
            long pingInterval,
            long pingTimeout,
            boolean silentClient,
            boolean large,
            int lastSize,
            String lastEvent,
            boolean refused,
            boolean goodbye) {}

    SessionJudge(ReachJudge reach) {
        this.reach = reach;
    }

    @Override
    public void on(ServerEvent event, Sessions.Session session) {
        if (event.kind() == RecordedEvent.Kind.HANDSHAKE && begins.size() < MAX_ENDS) {
            begins.add(event.at());
        }
        if (event.kind() != RecordedEvent.Kind.CLOSE || session == null) {
            return;
        }
        if (event.isOut() && ends.size() < MAX_ENDS) {
            String how = String.valueOf(event.detail());
            ends.add(new End(
                    event.client(),
                    event.at(),
                    session.livedMs(),
                    session.quiet,
                    event.status(),
                    how,
                    session.pingInterval,
                    session.pingTimeout,
                    session.pingOpen && event.at() - session.lastPing >= session.pingTimeout * 0.9,
                    isLarge(event, session),
                    session.lastSize,
                    session.lastEvent,
                    !session.refused.isEmpty(),
                    how.startsWith("a DISCONNECT") || how.startsWith("an Engine.IO close")));
        } else {
            lefts++;
        }
    }

    /** Closed as too large, or at once behind a message that is beyond what the server announced. */
    private static boolean isLarge(ServerEvent event, Sessions.Session session) {
        boolean beyond = session.maxPayload > 0 && session.lastSize > session.maxPayload;
        return event.status() == TOO_BIG
                || beyond && event.at() - session.lastSizeAt < 2_000
                || session.lastSize >= 64 * 1024
                        && event.status() == ABNORMAL
                        && event.at() - session.lastSizeAt < 1_000;
    }

    @Override
    public List<Finding> findings(long now) {
        List<Finding> findings = new ArrayList<>();
        List<End> large = ends.stream().filter(End::large).toList();
        if (!large.isEmpty()) {
            findings.add(Finding.fail(
                    "event.size",
                    Hop.EVENT,
                    Symptom.LARGE_EVENT_REFUSED,
                    "the server or its proxy",
                    Text.count(large.size(), "session") + " closed behind a message of "
                            + Text.approximateSize(large.get(0).lastSize),
                    evidence(large)));
        }
        List<End> rest = ends.stream().filter(end -> !end.large && !end.refused).toList();
        List<End> mute = rest.stream().filter(End::silentClient).toList();
        if (!mute.isEmpty()) {
            findings.add(Finding.info(
                    "session.silent-clients",
                    Hop.SESSION,
                    Text.count(mute.size(), "client") + " answered no ping any more, and the server closed the session",
                    evidence(mute)));
        }
        List<End> others = rest.stream().filter(end -> !end.silentClient).toList();
        if (!others.isEmpty()) {
            findings.add(ended(others));
        } else if (lefts > 0 || !begins.isEmpty()) {
            findings.add(Finding.pass(
                    "session.ends",
                    Hop.SESSION,
                    "no session was cut; " + Text.count(lefts, "client") + " left by themselves"));
        }
        return findings;
    }

    private Finding ended(List<End> others) {
        List<End> crashed = crash(others);
        if (!crashed.isEmpty()) {
            return Finding.fail(
                    "session.crash",
                    Hop.SESSION,
                    Symptom.PROCESS_ENDED,
                    last(crashed),
                    Text.count(crashed.size(), "session") + " ended at the same time"
                            + (reach.wentAway() > 0 ? ", and nothing listened any more" : ", and began anew"),
                    evidence(crashed));
        }
        if (others.size() == 1) {
            End end = others.get(0);
            return Finding.info(
                    "session.ended", Hop.SESSION, end.client + ": " + end.how + " " + after(end), evidence(others));
        }
        return dropped(others);
    }

    /** What was sent last before the end. */
    private static String last(List<End> crashed) {
        End end = crashed.stream().min(Comparator.comparingLong(End::quietMs)).orElseThrow();
        return end.lastEvent.isEmpty() ? "nothing that was seen" : Text.quote(end.lastEvent, 60) + " of " + end.client;
    }

    /** All at once without a word, and the server away or the clients back as new ones. */
    private List<End> crash(List<End> others) {
        for (End first : others) {
            List<End> together = others.stream()
                    .filter(end -> !end.goodbye && Math.abs(end.at - first.at) <= TOGETHER_MS)
                    .toList();
            boolean away = reach.wentAway() >= first.at - TOGETHER_MS && reach.wentAway() > 0;
            boolean all = together.size() >= 2
                    && begins.stream()
                                    .filter(begun -> begun > first.at && begun < first.at + RETURN_MS)
                                    .count()
                            >= together.size();
            boolean apart = together.stream().mapToLong(End::livedMs).max().orElse(0)
                            - together.stream().mapToLong(End::livedMs).min().orElse(0)
                    > 4 * TOGETHER_MS;
            if (away || all && apart) {
                return together;
            }
        }
        return List.of();
    }

    private Finding dropped(List<End> others) {
        List<Long> quiet = others.stream().map(End::quietMs).sorted().toList();
        List<Long> lived = others.stream().map(End::livedMs).sorted().toList();
        long idle = quiet.get(quiet.size() / 2);
        long age = lived.get(lived.size() / 2);
        boolean regularlyIdle = idle > 1000 && same(quiet, idle);
        boolean regularlyAged = age > 500 && same(lived, age);
        End typical = others.stream()
                .min(Comparator.comparingLong(end -> Math.abs(end.quietMs - idle)))
                .orElseThrow();
        String pattern = regularlyIdle
                ? String.format(Locale.ROOT, ", each after %.1f s without traffic", idle / 1000.0)
                : regularlyAged ? String.format(Locale.ROOT, ", each %.1f s after it began", age / 1000.0) : "";
        String storm = storm() ? "; clients come back at once, again and again" : "";
        String subject = Text.count(others.size(), "session") + " ended from the server's side" + pattern;
        Finding finding = Finding.fail(
                "session.dropped", Hop.SESSION, Symptom.CLOSED_IN_USE, subject, subject + storm, evidence(others));
        boolean cut = typical.code == ABNORMAL && (regularlyIdle || regularlyAged);
        return cut
                ? finding.withAdvice("likely: "
                        + new IdleEnd(
                                        typical.how,
                                        age,
                                        regularlyIdle ? idle : age,
                                        typical.pingInterval,
                                        typical.pingTimeout,
                                        null)
                                .owner())
                : finding;
    }

    private boolean storm() {
        for (int i = 0; i + STORM < begins.size(); i++) {
            if (begins.get(i + STORM) - begins.get(i) < STORM_MS && ends.size() >= STORM / 2) {
                return true;
            }
        }
        return false;
    }

    /** Whether most are about the same: a timeout, and no coincidence. */
    private static boolean same(List<Long> sorted, long middle) {
        long tolerated = Math.max(SAME_MS, (long) (SAME_SHARE * middle));
        long near =
                sorted.stream().filter(ms -> Math.abs(ms - middle) <= tolerated).count();
        return near >= 2 && near >= 0.7 * sorted.size();
    }

    private static String[] evidence(List<End> some) {
        return some.stream()
                .limit(MAX_QUOTED)
                .map(end -> end.client + ": " + end.how + " " + after(end))
                .toArray(String[]::new);
    }

    private static String after(End end) {
        return String.format(
                Locale.ROOT, "after %.1f s, %.1f s behind the last packet", end.livedMs / 1000.0, end.quietMs / 1000.0);
    }
}
