package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;

/** What is shown on a terminal of few columns and of many. */
class TerminalTest {

    @ParameterizedTest
    @ValueSource(strings = {"60", "80", "160"})
    void progress_and_report_stay_within_its_columns(String columns) {
        Program.PYTHON_SOCKETIO.need();
        List<String> command = List.of(
                "/usr/bin/python3",
                Project.root().resolve("tests/adhoc/narrow.py").toString(),
                Project.root().resolve("jbang").toString(),
                columns);
        try (Child run = Child.start(Project.root(), Map.of(), command)) {
            assertEquals(0, run.exitCode(Toolkit.LIMIT), () -> run.out() + run.err());
        }
    }
}
