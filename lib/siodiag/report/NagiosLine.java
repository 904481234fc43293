package siodiag.report;

import java.util.Locale;
import siodiag.core.Text;
import siodiag.diagnosis.Diagnosis;

/** The first line of a Nagios plugin: its status, why, and figures behind a bar (Monitoring Plugins' guidelines, 2.1 and 2.6). */
public final class NagiosLine {
    private static final int MAX_TEXT = 200;

    private NagiosLine() {}

    public static String of(Result result) {
        String status =
                switch (result.verdict()) {
                    case HEALTHY -> "OK";
                    case DEGRADED -> "WARNING";
                    case BROKEN -> "CRITICAL";
                };
        String why = result.isNothingWrong()
                ? Facts.verdict(result)
                : cause(result.diagnoses().get(0));
        return "SOCKETIO " + status + " - " + plain(why)
                + String.format(Locale.ROOT, " | time=%.3fs", result.duration().toMillis() / 1000.0);
    }

    private static String cause(Diagnosis root) {
        return root.cause().id() + " (" + root.hop().label() + "): " + root.summary();
    }

    /** A bar begins the figures. */
    private static String plain(String text) {
        return Text.cut(text, MAX_TEXT).replace('|', '/');
    }
}
