package siodiag.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.harness.Project;

/**
 * Gradle's reports of the project below {@code failing/jvm}. They are recorded, from Debian's Gradle 4.4.1 with JUnit 4
 * ({@code gradle --offline test --continue}): nothing here runs Gradle. What newer ones with the JUnit Platform write
 * differs in the method's parentheses, as public reports of Gradle 6 and later show; no such Gradle was run either.
 */
class TriageGradleTest {
    private static final Path RECORDED = Project.root().resolve("tests/triage/recorded/gradle");

    @Test
    void each_failure_is_where_its_cause_is(@TempDir Path out) {
        Triaged triaged = Triaged.run(out, RECORDED);
        assertEquals(TriageMavenTest.EXPECTED, TriageMavenTest.named(triaged));
        assertEquals("fixtures_and_setup", triaged.categoryOfEach().get("example.BrokenSetUpTest"));
    }

    @Test
    void the_command_names_gradles_project_task_and_test(@TempDir Path out) {
        assertTrue(Triaged.run(out, RECORDED)
                .page("timeouts")
                .contains(
                        "./gradlew -p " + RECORDED + " test --tests example.MisleadingNamesTest.connectionRefused\n"));
    }

    @Test
    void a_newer_gradle_writes_the_parentheses_too(@TempDir Path reports) throws Exception {
        Path report = reports.resolve("app/build/test-results/integrationTest/TEST-example.PortTest.xml");
        Files.createDirectories(report.getParent());
        Files.writeString(
                report,
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="example.PortTest" tests="1" skipped="0" failures="1" errors="0" timestamp="2026-01-31T10:00:00" hostname="h" time="0.1">
                  <properties/>
                  <testcase name="takes()" classname="example.PortTest" time="0.1">
                    <failure message="org.opentest4j.AssertionFailedError: expected: &lt;1&gt; but was: &lt;2&gt;" type="org.opentest4j.AssertionFailedError">org.opentest4j.AssertionFailedError: expected: &lt;1&gt; but was: &lt;2&gt;
                \tat app//org.junit.jupiter.api.Assertions.assertEquals(Assertions.java:150)
                \tat app//example.PortTest.takes(PortTest.java:12)
                </failure>
                  </testcase>
                  <system-out><![CDATA[]]></system-out>
                </testsuite>
                """);
        String page = Triaged.run(reports.resolve("out"), reports).page("assertion_failures");
        assertTrue(
                page.contains("-p " + reports.resolve("app") + " integrationTest --tests example.PortTest.takes\n"),
                page);
        assertTrue(page.contains("- File hint: `example/PortTest.java:12`"), page);
    }
}
