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
import siodiag.target.Target;

/** What a wrong option is answered with: one line that says what would be right, and never a secret. */
class OptionsTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:3106, http://127.0.0.1:3106",
        "localhost:3000, http://localhost:3000",
        "localhost, http://localhost:80",
        "my_host:80, http://my_host:80",
        "[::1]:3000, http://[::1]:3000",
        "3000, http://localhost:3000",
        ":3000, http://localhost:3000",
        "chat.example.org, https://chat.example.org:443",
        "HTTP://Chat.Example.org:81/, http://Chat.Example.org:81",
        "http://localhost:3000/#/lobby, http://localhost:3000"
    })
    void an_address_is_taken_as_people_type_it(String typed, String url) {
        assertEquals(url, target("--url", typed).url().toString(), typed);
        assertEquals("/socket.io", target("--url", typed).path());
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000/socket.io/, /socket.io",
        "localhost:3000/socket.io, /socket.io",
        "https://chat.example/app/socket.io/?EIO=4&transport=polling&t=abc&sid=x, /app/socket.io"
    })
    void the_url_of_a_request_is_taken_as_a_browser_shows_it(String pasted, String path) {
        assertEquals(path, target("--url", pasted).path());
        assertEquals(path, target("--url", pasted, "--path", path).path());
        assertTrue(refusal("--url", pasted, "--path", "/other").contains("differ; try --url http"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://localhost:3000/chat | try http://localhost:3000 --namespaces /chat for a namespace, or --path /chat",
                "http://localhost:3000/?token=s3cr3t&x=1 | try --url http://localhost:3000 --query token=… --query x=…",
                "http://me:s3cr3t@localhost:3000 | use --header 'Authorization: Basic …'"
            })
    void what_stands_in_the_url_and_belongs_elsewhere_gets_the_right_options(String url, String right) {
        String message = refusal("--url", url);
        assertTrue(message.contains(right), message);
        assertFalse(message.contains("s3cr3t"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-a-url", "ftp://127.0.0.1", "http:///path", "a b:1", "http://127.0.0.1:99999", ""})
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
                "up --timeout abc | 'abc' is not a duration such as 5, 0.5, 250ms, 3s or 1m30s",
                "up --timeout 0 | --timeout 0 ms: must be more than 0 and at most 3600 seconds",
                "up --ulr=http://localhost:1 | did you mean --url? Try: ask up --url=http://localhost:1",
                "up --token s3cr3t --ulr x | did you mean --url? Try: ask up --token s3…(6) --url x",
                "up localhost:1 --url localhost:2 | one server at a time",
                "upp localhost:1 | did you mean up? Try: ask up localhost:1",
                "up localhost:1 -- -q | (see --help)",
                "up http://localhost:1/?key=s3cr3t | try --url http://localhost:1 --query key=…",
                "watch localhost:3000 | the server goes into --url localhost:3000",
                "ack / say {no | not valid JSON",
                "ack /hook --times many | 'many' is not a whole number",
                "up --no-such | (see --help)"
            })
    void is_one_line(String arguments, String why) {
        StringWriter errors = new StringWriter();
        CommandLine line = Commands.prepared(new AskCommand()).setErr(new PrintWriter(errors));
        assertEquals(ExitCode.USAGE, line.execute(arguments.split(" ")));
        assertEquals(1, errors.toString().lines().count(), errors.toString());
        assertTrue(errors.toString().contains(why), errors.toString());
        assertFalse(errors.toString().contains("s3cr3t"), errors.toString());
    }

    private static Target target(String... options) {
        return CommandLine.populateCommand(new TargetOptions(), options).target();
    }

    private static String refusal(String... options) {
        TargetOptions given = CommandLine.populateCommand(new TargetOptions(), options);
        return assertThrows(UsageException.class, given::target).getMessage();
    }
}
