package siodiag.core;

import java.util.Locale;

/** What the numbers mean that a command ends with. */
public enum ExitCodes {
    /** 0, 20, 21, and 64, 70 where there is no verdict. */
    VERDICT,
    /** As Nagios, Icinga and their like read them: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. */
    NAGIOS;

    /** @param code of this toolkit */
    public int of(int code) {
        if (this == VERDICT) {
            return code;
        }
        return switch (code) {
            case ExitCode.OK -> 0;
            case ExitCode.DEGRADED -> 1;
            case ExitCode.BROKEN -> 2;
            default -> 3;
        };
    }

    /** As the command line has it, be it wrong otherwise. */
    public static ExitCodes in(String... arguments) {
        String line = String.join("=", arguments).toLowerCase(Locale.ROOT);
        return line.contains("--exit-codes=nagios") ? NAGIOS : VERDICT;
    }
}
