package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.harness.Alias;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;

/** The toolkit without a clone: every alias through a catalog's URL and every script through its own, from a foreign folder. */
class RemoteTest {
    private static HttpServer web;

    @BeforeAll
    static void serve() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", RemoteTest::answer);
        web.start();
    }

    @AfterAll
    static void stop() {
        web.stop(0);
    }

    static List<Alias> aliases() { // the tests have no meaning without a clone
        return Alias.all().stream()
                .filter(alias -> alias.script().startsWith("scripts/"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("aliases")
    void runs_through_the_catalog(Alias alias, @TempDir Path foreign) {
        assertHelp(Toolkit.runIn(foreign, Map.of(), alias.name() + "@" + url("jbang-catalog.json"), "--help"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("aliases")
    void runs_by_its_address(Alias alias, @TempDir Path foreign) {
        assertHelp(Toolkit.runIn(foreign, Map.of(), url(alias.script()), "--help"));
    }

    private static void assertHelp(Toolkit.Run run) {
        assertEquals(0, run.exitCode(), run.err());
        assertTrue((run.out() + run.err()).contains("Usage"), run.out() + run.err());
    }

    private static String url(String file) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + "/" + file;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        Path file = Project.root()
                .resolve(exchange.getRequestURI().getPath().substring(1))
                .normalize();
        if (!file.startsWith(Project.root()) || !Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            byte[] content = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
        exchange.close();
    }
}
