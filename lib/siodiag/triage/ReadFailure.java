package siodiag.triage;

import java.util.List;
import java.util.function.Function;

/** A failure with what was read from it. */
record ReadFailure(Failure failure, Evidence evidence) {

    /** @param place finds the file hint among the frames */
    static ReadFailure of(Failure failure, Function<List<StackFrame>, String> place) {
        Evidence evidence = Evidence.of(failure);
        return new ReadFailure(
                new Failure(
                        failure.nodeId(),
                        place.apply(evidence.frames()),
                        failure.exceptionType(),
                        failure.message(),
                        failure.traceback(),
                        failure.reproduce(),
                        failure.phase()),
                evidence);
    }
}
