package siodiag.triage;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import siodiag.core.Shell;

/** Whose report it is: what a test is called there, and the command that runs it alone. */
enum TestFramework {
    PYTEST {
        @Override
        ReadFailure read(TestCase test) {
            return Pytest.read(test);
        }
    },
    MAVEN {
        @Override
        String command(TestCase test, String method) {
            Matcher path = MAVEN_PATH.matcher(test.source());
            boolean found = path.matches();
            String project = found && !path.group(1).isEmpty() ? " -f " + Shell.quote(path.group(1) + "pom.xml") : "";
            String select = test.className() + (method.isEmpty() ? "" : "#" + method);
            return found && path.group(2).equals("failsafe")
                    ? "mvn" + project + " -Dit.test=" + Shell.quote(select) + " verify"
                    : "mvn" + project + " -Dtest=" + Shell.quote(select) + " test";
        }
    },
    GRADLE {
        @Override
        String command(TestCase test, String method) {
            Matcher path = GRADLE_PATH.matcher(test.source());
            boolean found = path.matches();
            String project = found && !path.group(1).isEmpty() ? " -p " + Shell.quote(path.group(1)) : "";
            return "./gradlew" + project + " " + (found ? Shell.quote(path.group(2)) : "test") + " --tests "
                    + Shell.quote(test.className() + (method.isEmpty() ? "" : "." + method));
        }
    },
    JUNIT_CONSOLE {
        @Override
        String command(TestCase test, String method) {
            String select = method.isEmpty()
                    ? "--select-class=" + test.className()
                    : "--select-method=" + test.className() + "#" + method;
            return "java -jar junit-platform-console-standalone.jar execute --class-path CLASSPATH "
                    + Shell.quote(select);
        }
    },
    TOOLKIT {
        @Override
        ReadFailure read(TestCase test) {
            ThrownException thrown = test.thrown();
            return ReadFailure.of(
                    new Failure(
                            test.name(),
                            "",
                            thrown.type(),
                            thrown.message(),
                            test.text(),
                            "./jbang " + Shell.quote(test.suite())),
                    frames -> test.className().substring(test.suite().length() + 1));
        }
    },
    UNKNOWN;

    private static final Set<String> TOOLS = Set.of("run-all", "conn-auth", "e2e", "hook-test", "dashboard");
    private static final Pattern MAVEN_PATH = Pattern.compile("(|.*?/)target/(surefire|failsafe)-reports/[^/]*");
    private static final Pattern GRADLE_PATH = Pattern.compile("(?:|(.*?)/)build/test-results/([^/]+)/[^/]*");
    private static final Pattern PYTHON_FRAME =
            Pattern.compile("(?m)^\\s*(File \")?[^\\s:][^:\\n]{0,300}\\.pyi?(\", line \\d|:\\d+)");
    private static final Pattern METHOD = Pattern.compile("([\\w$]+)([({\\[].*)?", Pattern.DOTALL);

    /** Told by the suite's name or schema, by the report's folder, or by the runner's own frames in the traceback. */
    static TestFramework of(TestCase test) {
        if (test.suite().equals("pytest") || test.file().endsWith(".py")) {
            return PYTEST;
        }
        if (TOOLS.contains(test.suite()) && test.className().startsWith(test.suite() + ".")) {
            return TOOLKIT;
        }
        if (test.schema().contains("surefire")
                || MAVEN_PATH.matcher(test.source()).matches()
                || test.text().contains("at org.apache.maven.surefire.")) {
            return MAVEN;
        }
        if (GRADLE_PATH.matcher(test.source()).matches() || test.text().contains("at org.gradle.")) {
            return GRADLE;
        }
        if (test.suite().startsWith("JUnit ") || test.text().contains("at org.junit.platform.console.")) {
            return JUNIT_CONSOLE;
        }
        return PYTHON_FRAME.matcher(test.text()).find() ? PYTEST : UNKNOWN;
    }

    /** The failure as the JVM's frameworks tell it; pytest's differs. */
    ReadFailure read(TestCase test) {
        ThrownException thrown = test.thrown();
        boolean wholeClass = test.name().isEmpty()
                || test.name().equals(test.className())
                || test.name().equals("initializationError")
                || test.name().equals("classMethod");
        String nodeId = wholeClass
                ? test.className() + (test.className().isEmpty() ? test.name() : "")
                : test.className().isEmpty() ? test.name() : test.className() + "#" + test.name();
        Failure failure = new Failure(
                nodeId,
                "",
                thrown.type(),
                thrown.message(),
                test.text(),
                command(test, wholeClass ? "" : method(test)),
                wholeClass ? TestPhase.SETUP : TestPhase.CALL);
        return ReadFailure.of(failure, frames -> place(test, frames));
    }

    /** The command that runs the test alone; empty where the report does not tell how its tests are run. */
    String command(TestCase test, String method) {
        return "";
    }

    /** The method: a parametrised test's name goes on after it, and a display name is not a method. */
    private static String method(TestCase test) {
        Matcher named = METHOD.matcher(test.name());
        if (named.matches()) {
            return named.group(1);
        }
        String owner = simple(test.className()) + ".";
        return test.text()
                .lines()
                .map(StackFrame::parse)
                .filter(Objects::nonNull)
                .map(StackFrame::function)
                .filter(function -> function.startsWith(owner))
                .reduce((first, second) -> second)
                .map(function -> function.substring(owner.length()))
                .filter(function -> METHOD.matcher(function).matches())
                .orElse("");
    }

    private static String place(TestCase test, List<StackFrame> frames) {
        String owner = simple(test.className());
        return frames.stream()
                .filter(frame -> frame.function().startsWith(owner + "."))
                .findFirst()
                .or(() -> frames.stream().filter(StackFrame::isProject).findFirst())
                .map(StackFrame::place)
                .orElse(test.file());
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
