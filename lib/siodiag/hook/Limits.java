package siodiag.hook;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;

/**
 * How much may go wrong over a long time before it is a fault.
 *
 * @param outage the longest time without connection; null for no limit, as a client that comes back is as it should be
 * @param loss   the share of events that may be lost, from 0 to 1; null: none over stable connections
 */
public record Limits(Duration outage, Double loss) {
    public static final Limits NONE = new Limits(null, null);
    private static final double PERCENT = 100;

    /** @param loss such as {@code 1%} or {@code 0.5}, in percent; null for no limit. @throws UsageException where it is none */
    public static Limits of(Duration outage, String loss) {
        if (outage != null && outage.isNegative()) {
            throw new UsageException("--max-outage " + Text.duration(outage) + ": 0 or more seconds");
        }
        if (loss == null) {
            return new Limits(outage, null);
        }
        String number = loss.strip().replaceFirst("\\s*%$", "");
        if (!number.matches("\\d{1,3}(\\.\\d+)?") || Double.parseDouble(number) > PERCENT) {
            throw new UsageException("--max-loss " + Text.quote(loss, 40) + ": a percentage from 0 to 100, such as 1%");
        }
        return new Limits(outage, Double.parseDouble(number) / PERCENT);
    }

    /** Whether so many lost ones are a fault. @param stable whether no connection was interrupted */
    boolean isExceeded(int lost, int expected, boolean stable) {
        return lost > 0 && (loss == null ? stable : (double) lost / expected > loss);
    }

    /** {@code , more than --max-loss 1%}; empty where none was stated. */
    String describeLoss() {
        return loss == null ? "" : String.format(Locale.ROOT, ", more than --max-loss %s%%", percent());
    }

    private String percent() {
        double value = loss * PERCENT;
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** What is wrong with the longest outage. */
    Optional<Finding> judge(String check, double longestMs) {
        if (outage == null || longestMs <= outage.toMillis()) {
            return Optional.empty();
        }
        String what = "an outage of " + Text.duration(Duration.ofMillis(Math.round(longestMs)))
                + ", more than --max-outage " + Text.duration(outage);
        return Optional.of(Finding.fail(check + ".outage", Hop.SESSION, Symptom.CLOSED_IN_USE, what, what));
    }
}
