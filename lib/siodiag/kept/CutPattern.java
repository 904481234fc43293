package siodiag.kept;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import siodiag.catalogue.Hop;
import siodiag.catalogue.IdleTimeout;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.Handshake;

/**
 * What ends the connections over one transport, after how long, and how regularly. Pure: endings in, a finding out.
 *
 * @param count   of the endings it was read from
 * @param after   how long they lived; or were quiet, where that is what they have in common
 * @param quiet   whether it is the time without traffic that counts
 * @param traffic whether connections with traffic end as well
 * @param example the last ending
 */
record CutPattern(String transport, int count, Spread after, boolean quiet, Traffic traffic, Ending example) {

    /** What becomes of connections with traffic meanwhile. */
    enum Traffic {
        STAYS,
        ENDS_TOO,
        UNKNOWN
    }

    private static final int FEW = 2;
    private static final int SEVERAL = 3;
    /** What is quicker than this also ends a used polling connection, which is quiet for so long between two pulses. */
    private static final double POLLING_PAUSE_MS = 15_000;

    /**
     * @param usedAgeMs of the used connection that is open now; 0 for none
     * @return nothing where too few ended to tell
     */
    static Optional<CutPattern> of(String transport, List<Ending> idle, List<Ending> used, double usedAgeMs) {
        List<Ending> ends = idle.size() >= FEW ? idle : used;
        if (ends.size() < FEW) {
            return Optional.empty();
        }
        Spread ages = Spread.of(ends.stream().map(Ending::ageMs).toList());
        Spread silences = Spread.of(ends.stream().map(Ending::quietMs).toList());
        boolean quiet = silences.isRegular() && silences.mean() > 1000 && silences.width() <= ages.width();
        Spread after = quiet ? silences : ages;
        return after.isRegular() || ends.size() >= SEVERAL
                ? Optional.of(new CutPattern(
                        transport,
                        ends.size(),
                        after,
                        quiet,
                        traffic(transport, after, used, usedAgeMs),
                        ends.get(ends.size() - 1)))
                : Optional.empty();
    }

    private static Traffic traffic(String transport, Spread after, List<Ending> used, double usedAgeMs) {
        if (transport.equals("polling") && after.mean() < POLLING_PAUSE_MS) {
            return Traffic.UNKNOWN;
        } else if (used.size() >= FEW) {
            return Traffic.ENDS_TOO;
        }
        return used.isEmpty() && usedAgeMs > 1.5 * after.max() ? Traffic.STAYS : Traffic.UNKNOWN;
    }

    /** Whether a connection that is this old shows that the pattern is over. */
    boolean isOver(double ageMs) {
        return ageMs > 3 * after.max() + 5000;
    }

    Finding finding(Front front, Handshake handshake) {
        String subject = use() + title() + " connections, after " + after.describe();
        String owner = owner(front, handshake);
        if (example.isRegular()) { // nobody promised that an application keeps clients that do nothing
            return Finding.info(
                    "session.idle." + transport, Hop.SESSION, describe() + "; likely: " + owner, describe());
        }
        return Finding.warn(
                        "session.idle." + transport,
                        Hop.SESSION,
                        Symptom.CLOSED_IN_USE,
                        subject,
                        describe() + "; likely: " + owner,
                        describe(),
                        "likely: " + owner)
                .withAdvice(advice(front));
    }

    private String use() {
        return traffic == Traffic.ENDS_TOO ? "" : "idle ";
    }

    private String title() {
        return transport.equals("websocket") ? "WebSocket" : "polling";
    }

    /** After how long, how often, how. */
    String describe() {
        String others =
                switch (traffic) {
                    case STAYS -> "; those with traffic stay";
                    case ENDS_TOO -> "; those with traffic as well";
                    case UNKNOWN -> "";
                };
        return String.format(
                Locale.ROOT,
                "%s%s connections are closed from the server's side after %s%s, %d times%s, %s%s",
                use(),
                title(),
                after.describe(),
                quiet ? " without traffic" : "",
                count,
                after.isRegular() ? " alike" : "",
                example.describe(),
                others);
    }

    /** Who it probably is, and which of its settings. */
    String owner(Front front, Handshake handshake) {
        long answerTimeout = handshake.pingIntervalMs() + handshake.pingTimeoutMs();
        if (example.isRegular()) {
            return "the application itself, with a regular close";
        } else if (IdleTimeout.isAbout(after.mean(), answerTimeout) && answerTimeout > 3000) {
            return IdleTimeout.heartbeat(answerTimeout);
        } else if (!after.isRegular()) {
            return "no timer: a process that ends, or an unstable network";
        } else if (front.program() != null) {
            return front.program().owning(transport.equals("polling"), after.describe(), after.mean());
        }
        String kind =
                switch (traffic) {
                    case STAYS -> "an idle timeout";
                    case ENDS_TOO -> "a limit to a connection's age";
                    case UNKNOWN -> "a timeout";
                };
        return IdleTimeout.of(after.mean())
                .map(IdleTimeout::byDefault)
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "%s of %s, nobody's default: set in a proxy, a load balancer or the server%s",
                        kind,
                        after.describe(),
                        front.describe().isEmpty() ? "" : " (it answers as \"" + front.describe() + "\")"));
    }

    private String advice(Front front) {
        if (example.isRegular() || traffic == Traffic.ENDS_TOO || !after.isRegular()) {
            return "";
        }
        String where = front.program() == null
                ? "the timeout"
                : front.program().title() + "'s " + front.program().setting(transport.equals("polling"));
        return "Set " + where + " above pingInterval + pingTimeout, or pingInterval below " + after.describe() + ".";
    }
}
