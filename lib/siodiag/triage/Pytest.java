package siodiag.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import siodiag.core.Shell;

/** What pytest's JUnit XML leaves out: the node id, the phase, and the exception's class, all told by other means. */
final class Pytest {
    private static final Pattern PHASE = Pattern.compile(
            "(?s)(?:failed on (setup|teardown) with \"(.*?)\"?|test (setup|teardown) failure|(collection) failure)");
    private static final Pattern FIXTURE_LINE = Pattern.compile("(?m)^file (.{1,300}), line (\\d{1,7})$");

    private Pytest() {}

    static ReadFailure read(TestCase test) {
        Matcher phase = PHASE.matcher(test.message().strip());
        boolean elsewhere = phase.matches();
        ThrownException thrown = thrown(test, elsewhere ? phase.group(2) : test.message());
        String file = file(test);
        String nodeId = nodeId(test, file);
        Failure failure = new Failure(
                nodeId,
                "",
                thrown.type(),
                thrown.message(),
                test.text(),
                "python -m pytest " + Shell.quote(nodeId),
                elsewhere ? phase(phase) : TestPhase.CALL);
        return ReadFailure.of(failure, frames -> place(test, file, frames));
    }

    private static TestPhase phase(Matcher phase) {
        String word = phase.group(1) != null ? phase.group(1) : phase.group(3) != null ? phase.group(3) : "collection";
        return switch (word) {
            case "setup" -> TestPhase.SETUP;
            case "teardown" -> TestPhase.TEARDOWN;
            default -> TestPhase.COLLECTION;
        };
    }

    /** @param said what the message says, null where it says only when the test failed */
    private static ThrownException thrown(TestCase test, String said) {
        ThrownException thrown =
                said == null || said.isBlank() ? new ThrownException("", "") : ThrownException.parse(said);
        if (!test.type().isEmpty() && thrown.type().isEmpty()) {
            return test.thrown();
        }
        ThrownException raised = thrown.type().isEmpty()
                ? ThrownException.lastRaised(test.text().lines().toList())
                : null;
        return raised == null ? thrown : raised;
    }

    /** The test's file: the longest part of its dotted name that the traceback shows as a file, else the lower-case part. */
    private static String file(TestCase test) {
        if (!test.file().isEmpty()) {
            return test.file();
        }
        String[] parts = dotted(test).split("\\.");
        StringBuilder guess = new StringBuilder();
        StringBuilder path = new StringBuilder();
        String shown = "";
        boolean inModule = true;
        for (String part : parts) {
            path.append(path.length() == 0 ? "" : "/").append(part);
            inModule &= part.isEmpty() || !Character.isUpperCase(part.charAt(0));
            if (inModule) {
                guess.setLength(0);
                guess.append(path);
            }
            shown = test.text().contains(path + ".py") ? path + ".py" : shown;
        }
        return !shown.isEmpty() ? shown : guess + ".py";
    }

    private static String nodeId(TestCase test, String file) {
        List<String> id = new ArrayList<>(List.of(file));
        String module = (file.endsWith(".py") ? file.substring(0, file.length() - 3) : file).replace('/', '.');
        String dotted = dotted(test);
        if (dotted.startsWith(module + ".")) {
            id.addAll(List.of(dotted.substring(module.length() + 1).split("\\.")));
        } else if (!dotted.equals(module) && !dotted.isEmpty()) {
            id.add(dotted.substring(dotted.lastIndexOf('.') + 1));
        }
        if (!test.className().isEmpty()) {
            id.add(test.name());
        }
        return String.join("::", id);
    }

    /** A module that can't be collected has its name where a test has its own, and no class. */
    private static String dotted(TestCase test) {
        return test.className().isEmpty() ? test.name() : test.className();
    }

    private static String place(TestCase test, String file, List<StackFrame> frames) {
        for (StackFrame frame : frames) {
            if (frame.file().endsWith(file)) {
                return frame.place();
            }
        }
        Matcher line = FIXTURE_LINE.matcher(test.text());
        return line.find() && line.group(1).endsWith(file) ? file + ":" + line.group(2) : file;
    }
}
