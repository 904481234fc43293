package siodiag.watch;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import siodiag.catalogue.Severity;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Diagnostician;
import siodiag.diagnosis.Verdict;
import siodiag.finding.Finding;
import siodiag.protocol.ServerFamily;
import siodiag.target.Target;

/** What an examination comes to. */
record State(Verdict verdict, List<Diagnosis> diagnoses) {
    static State of(List<Finding> findings, ServerFamily family, Target target) {
        List<Diagnosis> diagnoses =
                Diagnostician.diagnose(findings, family, target.stated().ignored());
        return new State(Verdict.of(diagnoses), diagnoses);
    }

    boolean isDown() {
        return verdict == Verdict.BROKEN;
    }

    boolean isWorseThan(State other) {
        return verdict.compareTo(other.verdict) > 0;
    }

    /** The causes that make the verdict. */
    List<String> causes() {
        return diagnoses.stream()
                .filter(diagnosis -> diagnosis.severity() != Severity.INFO)
                .map(diagnosis -> diagnosis.cause().id())
                .distinct()
                .toList();
    }

    Optional<Diagnosis> root() {
        return diagnoses.stream()
                .filter(diagnosis -> diagnosis.severity() != Severity.INFO)
                .min(Comparator.comparing(Diagnosis::severity));
    }

    /** Whether it is the same for whoever is called at night: the same verdict for the same causes. */
    boolean isLike(State other) {
        return verdict == other.verdict && Set.copyOf(causes()).equals(Set.copyOf(other.causes()));
    }

    /** {@code broken: connection-refused}. */
    String describe() {
        return verdict.label()
                + (causes().isEmpty() ? "" : ": " + causes().stream().collect(Collectors.joining(", ")));
    }
}
