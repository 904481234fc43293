package siodiag.triage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be read from one failure.
 *
 * @param chain the exceptions, the root cause first, the one that reached the test runner last
 * @param frames the traceback's frames, where it was raised first
 * @param statement the source line that failed, where the traceback quotes it, else empty
 */
record Evidence(TestPhase phase, List<ThrownException> chain, List<StackFrame> frames, String statement) {
    private static final Pattern SETUP_METHOD = Pattern.compile(
            "(.*\\.)?(setUp(Class|Module)?|asyncSetUp|setup_(method|class|module|function)|before(All|Each|Class)?)");
    private static final Pattern DEFINITION = Pattern.compile(" {4,}(?:async )?def (\\w+)\\(");
    private static final int MAX_LINE = 1000;

    static Evidence of(Failure failure) {
        List<String> lines = failure.traceback()
                .lines()
                .filter(line -> line.length() <= MAX_LINE)
                .toList();
        List<ThrownException> chain = new ArrayList<>(ThrownException.causes(lines));
        chain.add(new ThrownException(failure.exceptionType(), failure.message()));
        List<StackFrame> frames = new ArrayList<>();
        String statement = read(lines, frames);
        return new Evidence(phase(failure, frames), chain, frames, statement);
    }

    /** The exception that reached the test runner. */
    ThrownException thrown() {
        return chain.get(chain.size() - 1);
    }

    /** The deepest frame of the project's own code, else the deepest of all, else null. */
    StackFrame origin() {
        return frames.stream()
                .filter(StackFrame::isProject)
                .findFirst()
                .orElse(frames.isEmpty() ? null : frames.get(0));
    }

    private static TestPhase phase(Failure failure, List<StackFrame> frames) {
        boolean preparing = failure.phase() == TestPhase.CALL
                && frames.stream()
                        .anyMatch(
                                frame -> SETUP_METHOD.matcher(frame.function()).matches() && frame.isTest());
        return preparing ? TestPhase.SETUP : failure.phase();
    }

    /**
     * Collects the frames and returns the statement that failed. Python writes the deepest frame last, others first;
     * pytest's long style names no function, but quotes the source from its definition on.
     */
    private static String read(List<String> lines, List<StackFrame> frames) {
        List<StackFrame> section = new ArrayList<>();
        String statement = "";
        boolean python = false;
        boolean quoted = false;
        String defined = "";
        for (String line : lines) {
            if (line.startsWith("Caused by: ")) {
                frames.addAll(0, section);
                section.clear();
            }
            StackFrame frame = StackFrame.parse(line);
            Matcher definition = DEFINITION.matcher(line);
            if (definition.lookingAt()) {
                defined = definition.group(1);
            }
            if (frame != null) {
                section.add(frame.function().isEmpty() ? new StackFrame(frame.file(), frame.line(), defined) : frame);
                defined = "";
                python |= !line.stripLeading().startsWith("at ");
            } else if (line.startsWith(">  ") || quoted && line.startsWith("    ")) {
                statement = line.substring(1).strip();
            }
            quoted = frame != null;
        }
        frames.addAll(0, section);
        if (python) {
            Collections.reverse(frames);
        }
        return statement;
    }
}
