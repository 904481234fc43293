package siodiag.diagnosis;

import java.util.List;
import java.util.Locale;
import siodiag.catalogue.Severity;
import siodiag.core.ExitCode;

/** What it all comes to, with the exit code that says so. */
public enum Verdict {
    HEALTHY(ExitCode.OK),
    DEGRADED(ExitCode.DEGRADED),
    BROKEN(ExitCode.BROKEN);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The verdict's name in every output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Broken with an error, degraded with warnings only, else healthy. */
    public static Verdict of(List<Diagnosis> diagnoses) {
        if (diagnoses.stream().anyMatch(diagnosis -> diagnosis.severity() == Severity.ERROR)) {
            return BROKEN;
        }
        return diagnoses.stream().anyMatch(diagnosis -> diagnosis.severity() == Severity.WARNING) ? DEGRADED : HEALTHY;
    }
}
