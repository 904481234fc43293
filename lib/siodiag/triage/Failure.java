package siodiag.triage;

/**
 * One failed test or finding, as the category pages show it. Any text may come from a hostile report: it is made safe
 * where it is written, not here. Null counts as empty.
 *
 * @param nodeId what the test's own framework calls the test, such as {@code tests/test_a.py::test_b}
 * @param fileHint the place to open first, such as {@code tests/test_a.py:33}
 * @param exceptionType the exception's class, qualified or not; a finding gives its cause, such as {@code token-rejected}
 * @param message what was said, without the type
 * @param traceback the stack trace, or a finding's evidence, one piece a line
 * @param reproduce the command that runs this test alone
 * @param phase when it failed
 */
public record Failure(
        String nodeId,
        String fileHint,
        String exceptionType,
        String message,
        String traceback,
        String reproduce,
        TestPhase phase) {
    public Failure {
        nodeId = orEmpty(nodeId);
        fileHint = orEmpty(fileHint);
        exceptionType = orEmpty(exceptionType);
        message = orEmpty(message);
        traceback = orEmpty(traceback);
        reproduce = orEmpty(reproduce);
    }

    /** A failure in the test's own body; what a finding is, too. */
    public Failure(
            String nodeId, String fileHint, String exceptionType, String message, String traceback, String reproduce) {
        this(nodeId, fileHint, exceptionType, message, traceback, reproduce, TestPhase.CALL);
    }

    /** The file or class that the test is in: its node id up to {@code ::} or {@code #}. */
    String module() {
        int end = nodeId.indexOf("::");
        end = end < 0 ? nodeId.indexOf('#') : end;
        return end < 0 ? nodeId : nodeId.substring(0, end);
    }

    /** The node id without a parametrised test's parameters. */
    String test() {
        int parameters = nodeId.indexOf('[');
        return parameters < 0 ? nodeId : nodeId.substring(0, parameters);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
