package siodiag;

import java.util.List;
import java.util.function.Function;

/** A failure with what was read from it. */
record TriageReading(TriageFailure failure, TriageEvidence evidence) {

    /** @param place finds the file hint among the frames */
    static TriageReading of(TriageFailure failure, Function<List<TriageFrame>, String> place) {
        TriageEvidence evidence = TriageEvidence.of(failure);
        return new TriageReading(new TriageFailure(failure.nodeId(), place.apply(evidence.frames()), failure.exceptionType(),
                failure.message(), failure.traceback(), failure.reproduce(), failure.phase()), evidence);
    }
}
