///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION The project's own tests: real servers, real proxies, real browsers, real scripts
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//SOURCES ../lib/Kit.java
//SOURCES */*.java
package siodiag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the tests that the folders below {@code tests/} hold, one folder an area. Its last line is
 * {@code N passed, N failed}; it ends with 0 when every test that ran has passed and at least one did, else with 1.
 */
@Command(name = "test", description = "Runs the project's own tests.")
public final class RunTests implements Callable<Integer> {
    private static final Map<String, String> JUNIT = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true", // only for the tests that ask for it
            "junit.jupiter.execution.parallel.mode.default", "same_thread",
            "junit.jupiter.execution.parallel.config.executor-service", "WORKER_THREAD_POOL",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "2",
            "junit.jupiter.execution.timeout.testable.method.default", "5 m");

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "this help")
    private boolean help;

    @Option(names = "--only", split = ",", paramLabel = "AREA",
            description = "only these folders of tests/ or these test classes, such as: lab, monitor, LabTest")
    private List<String> only = List.of();

    @Option(names = "--scenario", paramLabel = "WORD", description = "of the fault lab, only the scenarios whose name has WORD")
    private String scenario = "";

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RunTests())
                .setParameterExceptionHandler((problem, given) -> fail(problem, 64))
                .setExecutionExceptionHandler((problem, line, given) -> fail(problem, 1))
                .execute(arguments));
    }

    private static int fail(Exception problem, int exitCode) {
        System.err.println("test: " + problem.getMessage());
        return exitCode;
    }

    @Override
    public Integer call() throws Exception {
        Program.announceMissing();
        NodeModules.install();
        System.setProperty("lab.scenario", scenario);
        TestReport report = new TestReport(System.out);
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors())
                .configurationParameters(JUNIT)
                .build(), report);
        return report.finish("true".equals(System.getenv("CI"))) ? 0 : 1;
    }

    /** The classes by their files: a scan of the class path finds nothing, as JBang puts the classes into a jar. */
    private List<DiscoverySelector> selectors() throws Exception {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (TestSource source : TestSource.all()) {
            if (only.isEmpty() || only.contains(source.area()) || only.contains(source.name())) {
                selectors.add(DiscoverySelectors.selectClass("siodiag." + source.name()));
            }
        }
        return selectors;
    }
}
