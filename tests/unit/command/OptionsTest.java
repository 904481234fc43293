package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import siodiag.ask.AskCommand;
import siodiag.cli.Commands;
import siodiag.core.ExitCode;
import siodiag.core.UsageException;

/** What a wrong option is answered with: one line that says what would be right, and never a secret. */
class OptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:3106", "localhost:3000", "my_host:80", "[::1]:3000"})
    void an_address_without_a_scheme_proposes_its_url(String address) {
        assertEquals("--url \"" + address + "\": did you mean http://" + address + "?", refusal("--url", address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-a-url", "ftp://127.0.0.1", "http:///path", "a b:1"})
    void what_is_no_address_either_gets_an_example(String text) {
        assertTrue(refusal("--url", text).endsWith("http://localhost:8765"), refusal("--url", text));
    }

    @ParameterizedTest
    @CsvSource({"auth-not-enforce, auth-not-enforced", "namespaces-unknown, namespace-unknown"})
    void an_unknown_cause_suggests_the_nearest(String given, String nearest) {
        assertEquals(
                "--ignore \"" + given + "\": not a cause; did you mean " + nearest + "?", refusal("--ignore", given));
    }

    @Test
    void malformed_json_is_not_repeated() {
        for (String[] options : new String[][] {
            {"--auth", "{\"token\": s3cr3t}"},
            {"--auth", "s3cr3t"},
            {"--send", "login", "--expect", "ack", "--data", "{\"password\": \"s3cr3t\""},
            {"--send", "login", "--expect", "ack", "--data", "s3cr3t"}
        }) {
            String message = refusal(options);
            assertTrue(message.contains("not valid JSON") || message.contains("not a JSON object"), message);
            assertFalse(message.contains("s3cr3t") || message.contains("Source:"), message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "up --timeout abc | 'abc' is not a number",
                "ack /hook --times many | 'many' is not a whole number",
                "up --no-such | (see --help)"
            })
    void is_one_line(String arguments, String why) {
        StringWriter errors = new StringWriter();
        CommandLine line = Commands.prepared(new AskCommand()).setErr(new PrintWriter(errors));
        assertEquals(ExitCode.USAGE, line.execute(arguments.split(" ")));
        assertEquals(1, errors.toString().lines().count(), errors.toString());
        assertTrue(errors.toString().contains(why), errors.toString());
    }

    private static String refusal(String... options) {
        TargetOptions given = CommandLine.populateCommand(new TargetOptions(), options);
        return assertThrows(UsageException.class, given::target).getMessage();
    }
}
