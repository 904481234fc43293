package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.harness.Toolkit;

/** Wrong usage: one clear line on standard error, nothing on standard output, exit 64; what can't run ends with 70. */
class UsageTest {
    static Stream<String> wrong() {
        return Stream.of(
                "--no-such-option",
                "--url not-a-url",
                "--url ftp://127.0.0.1:1",
                "--url http://",
                "--url http://127.0.0.1:99999",
                "--timeout 0",
                "--timeout -1",
                "--timeout soon",
                "--timeout NaN",
                "--namespaces ,",
                "--flow no-such-flow",
                "--send say",
                "--send say --data hello{mark} --expect said",
                "--expect said",
                "--embedded nonsense",
                "--peer nowhere",
                "extra",
                "--ur http://127.0.0.1:1",
                "--json target/one --report target/../target/one",
                "--json - --junit -");
    }

    @ParameterizedTest(name = "run-all {0}")
    @MethodSource("wrong")
    void is_one_line_and_exit_64(String arguments) {
        Toolkit.Run run = Toolkit.run(("run-all " + arguments).split(" "));
        assertEquals(64, run.exitCode(), run.out() + run.err());
        assertEquals("", run.out());
        assertEquals(
                1, run.err().lines().filter(line -> !line.startsWith("[jbang]")).count(), run.err());
    }

    @Test
    void a_file_that_cannot_be_written_ends_with_70() {
        Toolkit.Run run = Toolkit.run(
                "run-all",
                "--embedded",
                "--json",
                Path.of("/dev/null/result.json").toString());
        assertEquals(70, run.exitCode(), run.err());
    }
}
