package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.harness.Alias;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;

/** Scripts away from their clone: without the network after the first time, and alone. */
class AwayTest {

    @ParameterizedTest
    @ValueSource(strings = {"scripts/Ask.java", "scripts/adhoc.jsh"})
    void runs_offline_after_the_first_time(String script, @TempDir Path foreign) throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            byte[] content = Files.readAllBytes(
                    Project.root().resolve(exchange.getRequestURI().getPath().substring(1)));
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        web.start();
        String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/" + script;
        try {
            assertEquals(0, Toolkit.runIn(foreign, Map.of(), url, "--help").exitCode());
        } finally {
            web.stop(0);
        }
        Toolkit.Run offline = Toolkit.runIn(foreign, Map.of(), "--offline", url, "--help");
        assertEquals(0, offline.exitCode(), offline.err());
        assertTrue(offline.out().contains("Usage"), offline.out());
    }

    /** JBang speaks here, before any of our code runs: its message names what is missing, its exit code is no verdict. */
    @Test
    void a_script_copied_alone_names_what_it_misses(@TempDir Path empty) throws Exception {
        for (Alias alias : Alias.all().stream()
                .filter(one ->
                        one.script().matches("scripts/.*\\.java") && !one.name().equals("server"))
                .toList()) {
            Path copy = Files.copy(
                    Project.root().resolve(alias.script()),
                    empty.resolve(Path.of(alias.script()).getFileName()));
            Toolkit.Run run = Toolkit.runIn(empty, Map.of(), copy.toString());
            assertEquals(4, run.exitCode(), run.err());
            List<String> errors =
                    run.err().lines().filter(line -> line.contains("[ERROR]")).toList();
            assertEquals(1, errors.size(), run.err());
            assertTrue(errors.get(0).contains("'" + firstSource(copy) + "'"), run.err());
            Files.delete(copy);
        }
    }

    private static String firstSource(Path script) throws IOException {
        String directive = "//SOURCES ";
        return Files.readAllLines(script).stream()
                .filter(line -> line.startsWith(directive))
                .findFirst()
                .orElseThrow()
                .substring(directive.length());
    }
}
