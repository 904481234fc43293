package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import siodiag.core.Json;
import siodiag.harness.Toolkit;
import siodiag.lab.Deployment;

/** The options of a watch, its files, and how it ends. */
class WatchCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://a --every 0.2 | --every 200 ms: from 1 second to a day",
                "http://a --thorough 5 | at least --every, 30 s",
                "http://a --after 0 | --after 0: from 1 to 100",
                "http://a --idle 5 | watch keeps an idle connection all the time",
                "http://a --allow x | --allow is for /probe",
                "http://a http://a | named twice",
                "http://a --url http://b/c | a path can mean",
                "http://a http://b --junit x.xml | --junit and --report are for one target",
                "--targets /nowhere/targets.txt | can't be read",
                "http://a --baseline /nowhere/old.json | can't be read",
                "http://a --metrics 70000 | must be from 0 to 65535",
                "http://a --for -1 | --for",
                "ftp://a | not a URL"
            })
    void wrong_usage_is_one_line(String arguments, String told) {
        List<String> words = new ArrayList<>(List.of("watch"));
        words.addAll(Arrays.asList(arguments.strip().split(" ")));
        Toolkit.Run run = Toolkit.run(words.toArray(String[]::new));
        assertEquals(64, run.exitCode(), run.out() + run.err());
        assertTrue(run.err().contains(told), run.err());
        assertEquals(1, run.err().strip().lines().count(), run.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://a --nonsense x | line 2",
                "http://a --every 0.1 | line 2: --every 100 ms",
                "http://a/x | line 2",
                "http://first:1 | line 2: http://first:1 stands in line 1 already",
                "http://a 'open | line 2: a quote is not closed"
            })
    void a_wrong_line_of_targets_is_named(String line, String told) throws Exception {
        Path targets = folder.resolve("targets.txt");
        Files.writeString(targets, "http://first:1\n" + line + "\n");
        Toolkit.Run run = Toolkit.run("watch", "--targets", targets.toString());
        assertEquals(64, run.exitCode(), run.out() + run.err());
        assertTrue(run.err().contains(told), run.err());
    }

    @Test
    void targets_have_their_own_pace_and_their_own_options() throws Exception {
        try (Deployment open = Deployment.of("node4 namespaces=/ auth=open");
                Deployment closed = Deployment.of("node4 token=of-this-one")) {
            Path targets = folder.resolve("targets.txt");
            Files.writeString(
                    targets,
                    "# two of them\n" + open.fill("{last}") + " --every 1s\n" + closed.fill("{last}")
                            + " --every 4s --namespaces /hook --token 'of-this-one' # its own\n");
            Toolkit.Run run =
                    Toolkit.run("watch", "--targets", targets.toString(), "--for", "10", "--no-keep", "--json", "-");
            assertEquals(0, run.exitCode(), run.out() + run.err());
            JsonNode results = Json.parse(run.out()).path("targets");
            long often = results.get(0)
                    .path("watch")
                    .path("examinations")
                    .path("healthy")
                    .asLong();
            long seldom = results.get(1)
                    .path("watch")
                    .path("examinations")
                    .path("healthy")
                    .asLong();
            assertTrue(often >= 7 && seldom >= 2 && seldom <= 3, often + " and " + seldom);
            assertFalse(run.out().contains("of-this-one"), run.out());
        }
    }

    @Test
    void a_change_runs_the_command_and_what_is_written_of_it_is_complete() throws Exception {
        Path seen = folder.resolve("seen.txt");
        try (Deployment node = Deployment.of("node4");
                WatchRun watch = WatchRun.start(
                        folder,
                        node.fill("{last}"),
                        "--every",
                        "1",
                        "--namespaces",
                        "/hook",
                        "--token",
                        "dev-token",
                        "--on-change",
                        "echo \"$SOCKETIO_EVENT $SOCKETIO_FROM $SOCKETIO_TO $SOCKETIO_CAUSES\" >> " + seen + "; cat >> "
                                + seen)) {
            watch.awaitFirst(1);
            node.close();
            watch.await("end of the server", LIMIT, event -> event.path("event")
                    .asText()
                    .equals("change"));
            JsonNode result = watch.stop();
            List<String> lines = Files.readAllLines(seen);
            assertEquals("changed healthy broken connection-refused", lines.get(0));
            JsonNode told = Json.parse(lines.get(1));
            assertEquals("change", told.path("event").asText());
            assertEquals("connection-refused", told.path("root").path("cause").asText());
            assertEquals("broken", result.path("verdict").asText());
            assertEquals("broken", result.path("watch").path("worst").asText());
            assertTrue(result.path("watch").path("downMs").asLong() > 0, result.toPrettyString());
            String out = watch.process().out();
            assertTrue(out.contains("healthy -> broken: connection-refused; since "), out);
            assertTrue(out.contains("down for "), out);
        }
    }

    @Test
    void a_log_that_can_not_be_written_ends_nothing() {
        try (Deployment node = Deployment.of("node4")) {
            Toolkit.Run run = Toolkit.run(
                    "watch",
                    node.fill("{last}"),
                    "--every",
                    "1",
                    "--for",
                    "4",
                    "--log",
                    "/dev/full",
                    "--on-change",
                    "exit 3",
                    "--namespaces",
                    "/hook",
                    "--token",
                    "dev-token");
            assertEquals(0, run.exitCode(), run.out() + run.err());
            assertEquals(
                    1, run.err().lines().filter(line -> line.contains("--log")).count(), run.err());
            assertTrue(run.out().contains("up for "), run.out());
        }
    }

    @Test
    void what_differs_from_the_baseline_is_told() throws Exception {
        Path before = folder.resolve("before.json");
        Path after = folder.resolve("after.json");
        String port;
        try (Deployment node = Deployment.of("node4 namespaces=/hook,/log interval=20000")) {
            port = node.fill("{port}");
            Toolkit.Run saved = Toolkit.run(
                    "watch",
                    node.fill("{last}"),
                    "--every",
                    "1",
                    "--for",
                    "8",
                    "--save",
                    before.toString(),
                    "--namespaces",
                    "/hook,/log",
                    "--token",
                    "dev-token");
            assertEquals(0, saved.exitCode(), saved.out() + saved.err());
            Toolkit.Run again = Toolkit.run(
                    "watch",
                    node.fill("{last}"),
                    "--every",
                    "1",
                    "--for",
                    "8",
                    "--baseline",
                    before.toString(),
                    "--json",
                    after.toString(),
                    "--namespaces",
                    "/hook,/log",
                    "--token",
                    "dev-token");
            assertTrue(again.out().contains("as in the baseline"), again.out());
            Toolkit.Run same = Toolkit.run("diff", before.toString(), after.toString());
            assertEquals(0, same.exitCode(), same.out() + same.err());
        }
        try (Deployment other =
                Deployment.of("node4 port=" + port + " namespaces=/hook interval=7000 payload=5000 late=0")) {
            Toolkit.Run run = Toolkit.run(
                    "watch",
                    other.fill("{last}"),
                    "--every",
                    "1",
                    "--for",
                    "8",
                    "--baseline",
                    before.toString(),
                    "--json",
                    after.toString(),
                    "--namespaces",
                    "/hook,/log",
                    "--token",
                    "dev-token");
            assertEquals(21, run.exitCode(), run.out() + run.err());
            for (String difference : List.of(
                    "differs from the baseline",
                    "new: namespace-unknown",
                    "fewer: namespaces that accept the client, without /log",
                    "other: ping interval: 20000 ms -> 7000 ms",
                    "other: payload limit: 1000000 bytes -> 5000 bytes")) {
                assertTrue(run.out().contains(difference), difference + ": " + run.out());
            }
            Toolkit.Run diff = Toolkit.run("diff", before.toString(), after.toString(), "--json", "-");
            assertEquals(21, diff.exitCode(), diff.out() + diff.err());
            assertEquals("worse", Json.parse(diff.out()).path("result").asText());
        }
    }

    @Test
    void results_of_run_all_are_a_baseline_as_well() throws Exception {
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");
        try (Deployment node = Deployment.of("node4")) {
            Toolkit.run(
                    "run-all",
                    node.fill("{last}"),
                    "--token",
                    "dev-token",
                    "--namespaces",
                    "/hook",
                    "--json",
                    first.toString(),
                    "-q");
            Toolkit.run(
                    "run-all",
                    node.fill("{last}"),
                    "--token",
                    "wrong-token",
                    "--namespaces",
                    "/hook",
                    "--json",
                    second.toString(),
                    "-q");
        }
        Toolkit.Run worse = Toolkit.run("diff", first.toString(), second.toString());
        assertEquals(21, worse.exitCode(), worse.out() + worse.err());
        assertTrue(worse.out().contains("new: token-rejected"), worse.out());
        Toolkit.Run better = Toolkit.run("diff", second.toString(), first.toString());
        assertEquals(20, better.exitCode(), better.out() + better.err());
        assertTrue(better.out().contains("gone: token-rejected"), better.out());
        Files.writeString(second, "{}");
        assertEquals(
                64, Toolkit.run("diff", first.toString(), second.toString()).exitCode());
    }

    @Test
    void nagios_reads_the_first_line_and_its_own_exit_codes() {
        try (Deployment node = Deployment.of("node4");
                Deployment polling = Deployment.of("n:node4; nginx upstream={n} upgrade=no")) {
            nagios(0, "SOCKETIO OK - ", node.fill("{last}"));
            nagios(1, "SOCKETIO WARNING - websocket-blocked", polling.fill("{last}"));
            nagios(2, "SOCKETIO CRITICAL - connection-refused (tcp)", "http://127.0.0.1:1");
            assertEquals(
                    3,
                    Toolkit.run("conn-auth", "--exit-codes", "nagios", "--nonsense")
                            .exitCode());
        }
    }

    private static void nagios(int exitCode, String line, String url) {
        Toolkit.Run run = Toolkit.run(
                "conn-auth", url, "--exit-codes", "nagios", "--namespaces", "/hook", "--token", "dev-token");
        assertEquals(exitCode, run.exitCode(), run.out() + run.err());
        String first = run.out().lines().findFirst().orElse("");
        assertTrue(first.startsWith(line), first);
        assertTrue(first.matches(".* \\| time=\\d+\\.\\d{3}s"), first);
    }

    @Test
    void the_portable_jar_needs_nothing_but_java() throws Exception {
        Path jar = folder.resolve("siodiag.jar");
        Toolkit.Run export = Toolkit.run("export", "portable", "--force", "-O", jar.toString(), "siodiag");
        assertEquals(0, export.exitCode(), export.err());
        Path moved = Files.createDirectories(folder.resolve("elsewhere"));
        Files.move(jar, moved.resolve("siodiag.jar"));
        Files.move(folder.resolve("lib"), moved.resolve("lib"));
        Process help = new ProcessBuilder("java", "-jar", "siodiag.jar", "watch", "http://127.0.0.1:1", "--for", "2")
                .directory(moved.toFile())
                .redirectErrorStream(true)
                .start();
        String words = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(21, help.waitFor(), words);
        assertTrue(words.contains("broken: connection-refused"), words);
    }
}
