package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import siodiag.core.Json;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;
import siodiag.lab.CuttingRelay;
import siodiag.lab.Deployment;

/** What a watch tells of its impact is counted. */
class WatchImpactTest {
    private static final Pattern FIRST = Pattern.compile("opens at most (\\d+) connections at the start");
    private static final Pattern EACH = Pattern.compile("at most (\\d+) for each examination");

    /** @param connections that were opened @param examinations light ones */
    private record Counted(long connections, long examinations) {}

    @Test
    void it_opens_no_more_connections_than_it_states() throws IOException {
        Counted once = counted("--no-keep", "--every", "60", "--for", "5");
        assertEquals(1, once.examinations, once.toString());
        assertTrue(once.connections <= stated(FIRST), once.toString());
        assertTrue(once.connections > stated(FIRST) / 2, once.toString());
        Counted often = counted("--no-keep", "--every", "1", "--for", "8");
        assertTrue(often.examinations > 4, often.toString());
        double each = (double) (often.connections - once.connections) / (often.examinations - 1);
        assertTrue(each <= stated(EACH), "for each " + each);
        assertTrue(each > 2, "for each " + each);
        Counted kept = counted("--every", "60", "--for", "8");
        long keeping = kept.connections - once.connections;
        assertTrue(keeping >= 4 && keeping <= 14, "for the connections that are kept " + keeping);
    }

    @Test
    void with_a_flow_it_sends_one_event_and_opens_no_more() throws IOException {
        String[] flow = {"--flow", "echo"};
        Counted once = counted(with(flow, "--no-keep", "--every", "60", "--for", "8"));
        Counted often = counted(with(flow, "--no-keep", "--every", "1", "--for", "12"));
        double each = (double) (often.connections - once.connections) / (often.examinations - once.examinations);
        assertTrue(each <= stated(EACH), "for each " + each);
    }

    @Test
    void a_client_that_is_rejected_asks_no_more_often() throws IOException {
        String[] wrong = {"--token", "wrong-token"};
        Counted once = counted(21, with(wrong, "--every", "60", "--for", "5"));
        Counted often = counted(21, with(wrong, "--every", "1", "--for", "10"));
        double each = (double) (often.connections - once.connections) / (often.examinations - once.examinations);
        assertTrue(each <= stated(EACH), "for each " + each);
    }

    @Test
    void the_readme_states_the_same_numbers() throws IOException {
        String row = Files.readString(Project.root().resolve("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `watch`"))
                .filter(line -> line.contains("connections"))
                .findFirst()
                .orElseThrow();
        assertTrue(row.contains("at most " + stated(FIRST) + " connections"), row);
        assertTrue(row.contains(stated(EACH) + " for each"), row);
    }

    private static Counted counted(String... options) throws IOException {
        return counted(0, with(new String[] {"--token", "dev-token"}, options));
    }

    private static Counted counted(int exitCode, String... options) throws IOException {
        try (Deployment node = Deployment.of("node4");
                CuttingRelay relay = CuttingRelay.start(URI.create(node.fill("{last}")), Long.MAX_VALUE)) {
            Toolkit.Run run = Toolkit.run(with(
                    new String[] {"watch", relay.url().toString(), "--json", "-", "--namespaces", "/hook"}, options));
            assertEquals(exitCode, run.exitCode(), run.out() + run.err());
            return new Counted(
                    relay.accepted(),
                    examinations(Json.parse(run.out()).path("watch").path("examinations")));
        }
    }

    private static long examinations(JsonNode counts) {
        return counts.path("healthy").asLong() + counts.path("broken").asLong();
    }

    private static String[] with(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }

    private static int stated(Pattern sentence) {
        String help = Toolkit.run("watch", "--help").out().replaceAll("\\s+", " ");
        Matcher stated = sentence.matcher(help);
        assertTrue(stated.find(), help);
        return Integer.parseInt(stated.group(1));
    }
}
