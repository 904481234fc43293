package siodiag;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose report it is: what a test is called there, and the command that runs it alone. */
enum TriageFramework {
    PYTEST {
        @Override
        TriageFailure failure(TriageCase test) {
            return TriagePytest.failure(test);
        }
    },
    MAVEN {
        @Override
        String command(TriageCase test, String method) {
            Matcher path = MAVEN_PATH.matcher(test.source());
            boolean found = path.matches();
            String project = found && !path.group(1).isEmpty() ? " -f " + Shell.quote(path.group(1) + "pom.xml") : "";
            String select = test.className() + (method.isEmpty() ? "" : "#" + method);
            return found && path.group(2).equals("failsafe") ? "mvn" + project + " -Dit.test=" + Shell.quote(select) + " verify"
                    : "mvn" + project + " -Dtest=" + Shell.quote(select) + " test";
        }
    },
    GRADLE {
        @Override
        String command(TriageCase test, String method) {
            Matcher path = GRADLE_PATH.matcher(test.source());
            boolean found = path.matches();
            String project = found && !path.group(1).isEmpty() ? " -p " + Shell.quote(path.group(1)) : "";
            return "./gradlew" + project + " " + (found ? Shell.quote(path.group(2)) : "test") + " --tests "
                    + Shell.quote(test.className() + (method.isEmpty() ? "" : "." + method));
        }
    },
    JUNIT_CONSOLE {
        @Override
        String command(TriageCase test, String method) {
            String select = method.isEmpty() ? "--select-class=" + test.className()
                    : "--select-method=" + test.className() + "#" + method;
            return "java -jar junit-platform-console-standalone.jar execute --class-path CLASSPATH " + Shell.quote(select);
        }
    },
    UNKNOWN;

    private static final Pattern MAVEN_PATH = Pattern.compile("(|.*?/)target/(surefire|failsafe)-reports/[^/]*");
    private static final Pattern GRADLE_PATH = Pattern.compile("(?:|(.*?)/)build/test-results/([^/]+)/[^/]*");
    private static final Pattern PYTHON_FRAME = Pattern.compile("(?m)^\\s*(File \")?[^\\s:][^:\\n]{0,300}\\.pyi?(\", line \\d|:\\d+)");
    private static final Pattern METHOD = Pattern.compile("([\\w$]+)([({\\[].*)?", Pattern.DOTALL);

    /** Told by the suite's name or schema, by the report's folder, or by the runner's own frames in the traceback. */
    static TriageFramework of(TriageCase test) {
        if (test.suite().equals("pytest") || test.file().endsWith(".py")) {
            return PYTEST;
        }
        if (test.schema().contains("surefire") || MAVEN_PATH.matcher(test.source()).matches()
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
    TriageFailure failure(TriageCase test) {
        TriageThrown thrown = test.thrown();
        boolean wholeClass = test.name().isEmpty() || test.name().equals(test.className())
                || test.name().equals("initializationError") || test.name().equals("classMethod");
        String nodeId = wholeClass ? test.className() + (test.className().isEmpty() ? test.name() : "")
                : test.className().isEmpty() ? test.name() : test.className() + "#" + test.name();
        TriageFailure plain = new TriageFailure(nodeId, "", thrown.type(), thrown.message(), test.text(), "");
        List<TriageFrame> frames = TriageEvidence.of(plain).frames();
        return new TriageFailure(nodeId, place(test, frames), thrown.type(), thrown.message(), test.text(),
                command(test, wholeClass ? "" : method(test, frames)), wholeClass ? TriagePhase.SETUP : TriagePhase.CALL);
    }

    /** The command that runs the test alone; empty where the report does not tell how its tests are run. */
    String command(TriageCase test, String method) {
        return "";
    }

    /** The method: a parametrised test's name goes on after it, and a display name is no method at all. */
    private static String method(TriageCase test, List<TriageFrame> frames) {
        Matcher named = METHOD.matcher(test.name());
        if (named.matches()) {
            return named.group(1);
        }
        String owner = simple(test.className()) + ".";
        return frames.stream().map(TriageFrame::function).filter(function -> function.startsWith(owner))
                .reduce((first, second) -> second).map(function -> function.substring(owner.length()))
                .filter(function -> METHOD.matcher(function).matches()).orElse("");
    }

    private static String place(TriageCase test, List<TriageFrame> frames) {
        String owner = simple(test.className());
        return frames.stream().filter(frame -> frame.function().startsWith(owner + ".")).findFirst()
                .or(() -> frames.stream().filter(TriageFrame::isProject).findFirst())
                .map(TriageFrame::place).orElse(test.file());
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
