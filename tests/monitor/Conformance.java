///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION Runs the official Socket.IO protocol test suite (v5) against the monitor
//SOURCES ../../lib/Kit.java
package siodiag.monitor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;
import siodiag.server.EventMessage;
import siodiag.server.Hub;
import siodiag.server.NamespaceMember;
import siodiag.server.ServerApplication;
import siodiag.server.ServerConfig;
import siodiag.server.ServerLimits;

/**
 * Fetches the suite into a folder outside of the repository, starts a server that behaves as the suite expects one to
 * (two namespaces, echoed messages, a heartbeat of 300 ms) and runs the suite with Node. Ends with mocha's exit code:
 * the number of cases that failed.
 */
@Command(
        name = "conformance",
        description = "Runs the official Socket.IO protocol test suite (v5) against the monitor.")
final class Conformance implements Callable<Integer> {
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "node-imports.js", "test-suite.js");
    private static final String SERVER = "localhost:3000";

    @Option(
            names = "--from",
            paramLabel = "URL|DIR",
            description = "where the suite's files are (default: ${DEFAULT-VALUE})",
            defaultValue =
                    "https://raw.githubusercontent.com/socketio/socket.io/main/docs/socket.io-protocol/v5-test-suite")
    private String from;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this help")
    private boolean help;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Conformance()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("socketio-conformance");
        ServerConfig config = ServerConfig.defaults()
                .token("")
                .namespaces(List.of("/custom"))
                .limits(new ServerLimits(300, 200, 1_000, 1_000_000, 1_000));
        try (MonitorServer server = MonitorServer.start(config, SuiteApplication::new, List.of())) {
            for (String file : FILES) {
                Files.writeString(folder.resolve(file), fetch(file).replace(SERVER, "127.0.0.1:" + server.port()));
            }
            run(folder, "npm", "ci", "--ignore-scripts", "--loglevel=error");
            return run(folder, "npx", "--no-install", "mocha", "test-suite.js", "--exit");
        } finally {
            delete(folder);
        }
    }

    private String fetch(String file) throws IOException, InterruptedException {
        if (!from.startsWith("http")) {
            return Files.readString(Path.of(from, file));
        }
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(from + "/" + file)).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(from + "/" + file + ": HTTP status " + response.statusCode());
        }
        return response.body();
    }

    private static int run(Path folder, String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }

    /** What the suite's own server does: says what it was told at CONNECT, sends messages back, acknowledges. */
    private record SuiteApplication(Hub hub) implements ServerApplication {
        @Override
        public void connected(NamespaceMember socket, String auth) {
            socket.emit("auth", auth == null ? "{}" : auth);
        }

        @Override
        public void received(NamespaceMember socket, EventMessage message) {
            switch (message.name()) {
                case "message" ->
                    hub.emit(
                            socket.namespace(),
                            List.of(socket),
                            "\"message-back\"",
                            message.arguments(),
                            message.attachments());
                case "message-with-ack" -> socket.acknowledge(message, message.arguments(), message.attachments());
                default -> {}
            }
        }
    }
}
