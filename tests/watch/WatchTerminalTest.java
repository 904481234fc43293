package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;
import siodiag.lab.Deployment;

/** What a person sees of a watch on a terminal. */
class WatchTerminalTest {

    @Test
    void a_line_for_each_target_is_drawn_in_its_place_and_ctrl_c_gives_the_account() {
        Program.PYTHON_SOCKETIO.need();
        try (Deployment node = Deployment.of("node4 namespaces=/ auth=open")) {
            List<String> command = List.of(
                    "/usr/bin/python3",
                    Project.root().resolve("tests/watch/watching.py").toString(),
                    Project.root().resolve("jbang").toString(),
                    "100",
                    node.fill("{last}"));
            try (Child run = Child.start(Project.root(), Map.of("LANG", "C.UTF-8"), command)) {
                assertEquals(0, run.exitCode(Toolkit.LIMIT), () -> run.out() + run.err());
            }
        }
    }
}
