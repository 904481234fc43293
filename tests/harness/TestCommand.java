package siodiag.harness;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/**
 * Runs the tests that the folders below {@code tests/} hold, one folder an area. Its last line is
 * {@code N passed, N failed}; it ends with 0 when every test that ran has passed and at least one did, else with 1.
 * Where a few tests fail they run once more, one after the other: real servers and browsers share a machine whose other
 * work is not known here. A test that passes then has passed, and the report names it.
 */
@Command(name = "test", description = "Runs the project's own tests.")
public final class TestCommand implements Callable<Integer> {
    /** How many of the tests that ask for it run side by side. */
    public static final int PARALLEL = 6;
    /** More failures than these are no accident of a busy machine. */
    private static final int MAX_SECOND_RUNS = 12;

    private static final String IN_PARALLEL = "junit.jupiter.execution.parallel.enabled";
    private static final Map<String, String> JUNIT = Map.of(
            IN_PARALLEL,
            "true", // only for the tests that ask for it
            "junit.jupiter.execution.parallel.mode.default",
            "same_thread",
            "junit.jupiter.execution.parallel.config.executor-service",
            "WORKER_THREAD_POOL",
            "junit.jupiter.execution.parallel.config.strategy",
            "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism",
            String.valueOf(PARALLEL),
            "junit.jupiter.execution.timeout.testable.method.default",
            "5 m");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this help")
    private boolean help;

    @Option(
            names = "--fast",
            description = "only the tests without processes and npm packages, in seconds: unit, diagnosis")
    private boolean fast;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "AREA",
            description = "only these folders of tests/ or these test classes, such as: lab, monitor, LabTest")
    private List<String> only = List.of();

    @Option(
            names = "--scenario",
            paramLabel = "WORD",
            description = "of the fault lab, only the scenarios whose name has WORD")
    private String scenario = "";

    @Option(
            names = "--record",
            description = {"of the fault lab: run what has no recording in tests/findings, and record it"})
    private boolean record;

    public static int execute(String... arguments) {
        return new CommandLine(new TestCommand())
                .setParameterExceptionHandler((problem, given) -> fail(problem, 64))
                .setExecutionExceptionHandler((problem, line, given) -> fail(problem, 1))
                .execute(arguments);
    }

    private static int fail(Exception problem, int exitCode) {
        System.err.println("test: " + problem.getMessage());
        return exitCode;
    }

    @Override
    public Integer call() throws Exception {
        List<TestSource> chosen =
                TestSource.all().stream().filter(this::isWanted).toList();
        if (chosen.stream().anyMatch(test -> !test.isFast())) {
            Program.announceMissing();
            NodeModules.install();
        }
        System.setProperty("lab.scenario", scenario);
        System.setProperty("lab.record", String.valueOf(record));
        Launcher launcher = LauncherFactory.create();
        TestReport report = new TestReport(System.out);
        launcher.execute(request(chosen.stream().map(TestCommand::selector), true), report);
        List<UniqueId> failed = report.failed();
        if (!failed.isEmpty() && failed.size() <= MAX_SECOND_RUNS) {
            System.out.println("\n" + failed.size() + " failed; once more, one after the other:");
            report.secondRun();
            launcher.execute(request(failed.stream().map(DiscoverySelectors::selectUniqueId), false), report);
        }
        return report.finish("true".equals(System.getenv("CI"))) ? 0 : 1;
    }

    private static LauncherDiscoveryRequest request(Stream<? extends DiscoverySelector> selectors, boolean parallel) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors.toList())
                .configurationParameters(JUNIT)
                .configurationParameter(IN_PARALLEL, String.valueOf(parallel))
                .build();
    }

    private boolean isWanted(TestSource test) {
        return (!fast || test.isFast()) && (only.isEmpty() || only.contains(test.area()) || only.contains(test.name()));
    }

    /** By its file: a scan of the class path finds nothing, as JBang puts the classes into a jar. */
    private static DiscoverySelector selector(TestSource test) {
        return DiscoverySelectors.selectClass(test.type());
    }
}
