package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;
import siodiag.lab.CuttingRelay;
import siodiag.lab.Deployment;

/** What a command tells of its impact is a number: the connections are counted. */
class ImpactTest {
    private static final Pattern STATED = Pattern.compile("opens at most (\\d+) connections");
    /** A server without Socket.IO is searched for other paths, and no more than that. */
    private static final int FOR_A_404_SERVER = 25;

    @ParameterizedTest
    @ValueSource(strings = {"run-all", "conn-auth", "e2e", "hook-test"})
    void opens_no_more_connections_than_it_states(String command) throws IOException {
        int stated = stated(command);
        try (Deployment node = Deployment.of("node4");
                CuttingRelay relay = CuttingRelay.start(URI.create(node.fill("{last}")), Long.MAX_VALUE)) {
            Toolkit.Run run = Toolkit.run(command, "--url", relay.url().toString(), "-q");
            assertEquals(0, run.exitCode(), run.out() + run.err());
            assertTrue(relay.accepted() <= stated, command + " states " + stated + " and opened " + relay.accepted());
            assertTrue(
                    relay.accepted() > stated / 2,
                    command + " states " + stated + " and opened only " + relay.accepted());
        }
    }

    @Test
    void the_readme_states_the_same_numbers() throws IOException {
        String readme = Files.readString(Project.root().resolve("README.md"));
        for (String command : new String[] {"run-all", "conn-auth", "e2e", "hook-test"}) {
            String row = readme.lines()
                    .filter(line -> line.startsWith("| `" + command + "`"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(row.contains("at most " + stated(command) + " connections"), row);
        }
    }

    @Test
    void a_server_without_socketio_is_not_searched_for_ever() throws IOException {
        try (Deployment web = Deployment.of("web");
                CuttingRelay relay = CuttingRelay.start(URI.create(web.fill("{last}")), Long.MAX_VALUE)) {
            Toolkit.Run run = Toolkit.run("run-all", "--url", relay.url().toString(), "-q");
            assertEquals(21, run.exitCode(), run.out() + run.err());
            assertTrue(relay.accepted() <= FOR_A_404_SERVER, "opened " + relay.accepted());
        }
    }

    private static int stated(String command) {
        String help = Toolkit.run(command, "--help").out().replaceAll("\\s+", " ");
        Matcher stated = STATED.matcher(help);
        assertTrue(stated.find(), help);
        return Integer.parseInt(stated.group(1));
    }
}
