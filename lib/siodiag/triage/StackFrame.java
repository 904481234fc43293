package siodiag.triage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One frame of a traceback, of Python (pytest's three styles), of the JVM or of Node.
 *
 * @param file as the traceback writes it; for the JVM with the package's folders
 * @param line from 1, or 0 where the traceback has none
 */
record StackFrame(String file, int line, String function) {
    private static final Pattern PYTEST =
            Pattern.compile("([^\\s>][^:\\n]{0,300}):(\\d{1,7}): ?(?:in (.{1,200})|[\\w.]*)");
    private static final Pattern PYTHON =
            Pattern.compile("\\s*File \"([^\"]{1,300})\", line (\\d{1,7})(?:, in (.{1,200}))?");
    private static final Pattern JVM =
            Pattern.compile("\\s*at (?:[^\\s/()]{0,100}/{1,2})*([\\w.$]{1,300})\\.([\\w$<>]{1,200})"
                    + "\\(([^():]{1,200})(?::(\\d{1,7}))?\\)");
    private static final Pattern NODE = Pattern.compile("\\s*at (?:(?:async )?([^\\s(].{0,200}?) \\()?"
            + "((?:file://|node:)?[^\\s():]{1,300}):(\\d{1,7}):\\d{1,7}\\)?");
    private static final Pattern FOREIGN = Pattern.compile(
            "(^|/)(site-packages|dist-packages|node_modules|<frozen.*|importlib)(/|$)|/lib/python\\d|^node:|^<"
                    + "|^(java|javax|jdk|sun|kotlin|scala|groovy)/|^com/(intellij|sun)/"
                    + "|^org/(junit|opentest4j|hamcrest|assertj|mockito|testng|gradle|apache/maven)/");

    private static final Pattern TEST_FILE = Pattern.compile(
            "(?:.*/)?(?:(?:test_|conftest|Test)[^/]*|[^/]*_test\\.py|[^/]*(?:Test|Tests|TestCase|IT)\\.\\w+"
                    + "|[^/]*\\.(?:test|spec)\\.\\w+)");

    /** The frame that a traceback's line shows, or null where it shows none. */
    static StackFrame parse(String line) {
        String start = line.stripLeading();
        if (start.startsWith("at ")) {
            return jvmOrNode(line);
        }
        if (line.indexOf(':') < 0 && !start.startsWith("File \"")) {
            return null;
        }
        Matcher python = (start.startsWith("File \"") ? PYTHON : PYTEST).matcher(line);
        return python.matches() ? frame(python.group(1), python.group(2), python.group(3)) : null;
    }

    /** Whether the frame is the project's own, not a library's, the test framework's or the language's. */
    boolean isProject() {
        return !FOREIGN.matcher(file).find();
    }

    /** Whether the frame is test code, by the names that pytest, Maven, Gradle and Node give to it. */
    boolean isTest() {
        return TEST_FILE.matcher(file).matches();
    }

    /** {@code core.py:190}, with its folders. */
    String place() {
        return line > 0 ? file + ":" + line : file;
    }

    private static StackFrame jvmOrNode(String line) {
        Matcher jvm = JVM.matcher(line);
        if (jvm.matches()) {
            int dot = jvm.group(1).lastIndexOf('.');
            String folder = dot < 0 ? "" : jvm.group(1).substring(0, dot + 1).replace('.', '/');
            return frame(folder + jvm.group(3), jvm.group(4), jvm.group(1).substring(dot + 1) + "." + jvm.group(2));
        }
        Matcher node = NODE.matcher(line);
        return node.matches() ? frame(node.group(2), node.group(3), node.group(1)) : null;
    }

    private static StackFrame frame(String file, String line, String function) {
        return new StackFrame(file, line == null ? 0 : Integer.parseInt(line), function == null ? "" : function);
    }
}
