package siodiag.tap;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import siodiag.core.Durations;
import siodiag.core.Text;
import siodiag.core.UsageException;

/** One disturbance that was asked for: {@code latency=200ms}. */
record Fault(Kind kind, double amount) {
    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)([kKmM]?)");
    private static final String EXAMPLES =
            "latency=200ms, cut=30s, refuse-websocket, status=502, drop=1% or bandwidth=64k";

    enum Kind {
        /** Milliseconds in each direction. */
        LATENCY,
        /** Milliseconds after which each connection is cut. */
        CUT,
        REFUSE_WEBSOCKET,
        /** The HTTP status of every answer. */
        STATUS,
        /** The share of messages, from 0 to 1. */
        DROP,
        /** Bytes a second, each connection and direction. */
        BANDWIDTH
    }

    /** @throws UsageException in one line */
    static Fault parse(String spec) {
        int equals = spec.indexOf('=');
        String name = equals < 0 ? spec : spec.substring(0, equals);
        String value = equals < 0 ? "" : spec.substring(equals + 1);
        return switch (name) {
            case "latency" -> new Fault(Kind.LATENCY, millis(spec, value));
            case "cut" -> new Fault(Kind.CUT, millis(spec, value));
            case "refuse-websocket" -> {
                require(equals < 0, spec);
                yield new Fault(Kind.REFUSE_WEBSOCKET, 0);
            }
            case "status" -> {
                require(value.matches("[2-5]\\d\\d"), spec);
                yield new Fault(Kind.STATUS, Integer.parseInt(value));
            }
            case "drop" -> {
                require(value.matches("\\d{1,3}(\\.\\d{1,6})?%"), spec);
                double percent = Double.parseDouble(value.replace("%", ""));
                require(percent > 0 && percent <= 100, spec);
                yield new Fault(Kind.DROP, percent / 100);
            }
            case "bandwidth" -> new Fault(Kind.BANDWIDTH, bytes(spec, value));
            default -> throw wrong(spec);
        };
    }

    private static double millis(String spec, String value) {
        try {
            Duration time = new Durations().convert(value);
            require(!time.isNegative() && !time.isZero(), spec);
            return time.toNanos() / 1e6;
        } catch (RuntimeException notATime) {
            throw wrong(spec);
        }
    }

    private static double bytes(String spec, String value) {
        Matcher size = SIZE.matcher(value);
        require(size.matches(), spec);
        double unit =
                switch (size.group(2).toLowerCase(Locale.ROOT)) {
                    case "k" -> 1024;
                    case "m" -> 1024 * 1024;
                    default -> 1;
                };
        double bytes = Double.parseDouble(size.group(1)) * unit;
        require(bytes >= 1, spec);
        return bytes;
    }

    private static void require(boolean right, String spec) {
        if (!right) {
            throw wrong(spec);
        }
    }

    private static UsageException wrong(String spec) {
        return new UsageException("--fault " + Text.quote(spec, 60) + ": such as " + EXAMPLES);
    }
}
