package siodiag.passive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/** Whether the server's pings come as it announced them (Engine.IO 4: the server pings each pingInterval). */
final class HeartbeatJudge implements Judge {
    private static final double TOLERATED_SHARE = 0.3;
    private static final long TOLERATED_MS = 1000;
    private static final long TOGETHER_MS = 250;
    private static final int MAX_LATE = 200;
    private static final int MAX_QUOTED = 4;

    private final Map<String, Long> lastPing = new HashMap<>();
    private final List<Late> late = new ArrayList<>();
    private long pings;

    private record Late(String client, long at, long gapMs, long announcedMs) {}

    @Override
    public void on(ServerEvent event, Sessions.Session session) {
        if (session == null || session.pingInterval <= 0) {
            return;
        }
        if (event.kind() == RecordedEvent.Kind.HANDSHAKE) {
            lastPing.put(event.client(), event.at());
        } else if (event.kind() == RecordedEvent.Kind.CLOSE) {
            lastPing.remove(event.client());
        } else if (event.kind() == RecordedEvent.Kind.PING && event.isOut()) {
            pings++;
            Long before = lastPing.put(event.client(), event.at());
            if (before != null && late.size() < MAX_LATE) {
                long gap = event.at() - before;
                if (gap > session.pingInterval + Math.max(TOLERATED_MS, TOLERATED_SHARE * session.pingInterval)) {
                    late.add(new Late(event.client(), event.at(), gap, session.pingInterval));
                }
            }
        }
    }

    /** Whether several sessions stood still, and went on at the same time. */
    private boolean isTogether() {
        return 2 * late.size() < pings
                && late.stream().anyMatch(one -> late.stream()
                        .anyMatch(other -> !other.client.equals(one.client)
                                && Math.abs(other.at - one.at) <= TOGETHER_MS
                                && one.gapMs - one.announcedMs > TOLERATED_MS));
    }

    private String stood() {
        Late longest = late.stream().max(Comparator.comparingLong(Late::gapMs)).orElseThrow();
        return String.format(
                Locale.ROOT,
                "%.1f s without a ping, %.1f s announced",
                longest.gapMs / 1000.0,
                longest.announcedMs / 1000.0);
    }

    @Override
    public List<Finding> findings(long now) {
        if (late.isEmpty()) {
            return pings == 0
                    ? List.of()
                    : List.of(Finding.pass("session.heartbeat", Hop.SESSION, Text.count(pings, "ping") + " in time"));
        }
        String[] evidence = late.stream()
                .limit(MAX_QUOTED)
                .map(one -> String.format(
                        Locale.ROOT,
                        "%s: a ping after %.1f s; announced: each %.1f s",
                        one.client,
                        one.gapMs / 1000.0,
                        one.announcedMs / 1000.0))
                .toArray(String[]::new);
        String detail = Text.count(late.size(), "ping") + " of " + pings + " late: " + evidence[0];
        return List.of(
                isTogether()
                        ? Finding.fail("session.stall", Hop.SESSION, Symptom.STALLED, stood(), detail, evidence)
                        : Finding.warn("session.heartbeat", Hop.SESSION, Symptom.PING_LATE, stood(), detail, evidence));
    }
}
