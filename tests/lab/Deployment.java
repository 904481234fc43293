package siodiag.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import siodiag.harness.BuiltScript;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.harness.Running;

/** The running servers and proxies of one scenario. */
public final class Deployment implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path LAB = Project.root().resolve("tests/lab");
    private static final Path SERVERS = LAB.resolve("servers");
    private static final Path APPLICATIONS = LAB.resolve("applications");
    private static final Path FLOWS = LAB.resolve("flows");

    private final List<Running> programs = new ArrayList<>();
    private final Map<String, String> urls = new HashMap<>();
    private final Map<String, String> credentials = new HashMap<>();

    private Deployment() {}

    /** Starts the programs in their order, each once the one before is ready. @param start as in {@link Scenario#start} */
    public static Deployment of(String start) {
        Deployment deployment = new Deployment();
        try {
            for (String program : start.split(";")) {
                deployment.start(program.strip());
            }
            return deployment;
        } catch (RuntimeException | Error e) {
            deployment.close();
            throw e;
        }
    }

    private void start(String program) {
        if (program.isEmpty()) {
            return;
        }
        List<String> words = Scenario.words(fill(program));
        String[] names = words.get(0).split(":");
        Running running = run(command(names[names.length - 1], words.subList(1, words.size())));
        programs.add(running);
        List<String> ready = Scenario.words(
                running.await(names[names.length - 1].equals("server") ? "server on " : "READY ", START));
        urls.put(names[0], ready.get(0));
        urls.put("last", ready.get(0));
        ready.stream()
                .skip(1)
                .filter(word -> word.contains("="))
                .map(word -> word.split("=", 2))
                .forEach(pair -> credentials.put(pair[0], pair[1]));
    }

    private static Running run(List<String> command) {
        return command.get(0).equals(PYTHON) && !patches(command.get(1))
                ? Fork.start(SERVERS, command.subList(1, command.size()))
                : Child.start(SERVERS, Map.of(), command);
    }

    /** Whether a Python program replaces parts of the standard library, which it can't where others are loaded already. */
    private static boolean patches(String file) {
        try {
            return Files.readString(SERVERS.resolve(file)).contains("monkey");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tokens and cookies that the programs gave out, by name: {@code READY URL name=value …}. */
    Map<String, String> credentials() {
        return credentials;
    }

    private static List<String> command(String program, List<String> options) {
        List<String> command = new ArrayList<>(
                switch (program) {
                    case "python" -> need(Program.PYTHON_SOCKETIO, PYTHON, "python_server.py");
                    case "full-backlog" -> need(Program.PYTHON_SOCKETIO, PYTHON, "full_backlog.py");
                    case "uvicorn" -> need(Program.UVICORN, PYTHON, "python_server.py", "web=uvicorn");
                    case "netty" -> java("NettyServer");
                    case "server" -> serverScript();
                    case "threaded" -> need(Program.GUNICORN, "node", "threaded.js");
                    case "nginx" -> need(Program.NGINX, "node", "nginx.js");
                    case "haproxy" -> need(Program.HAPROXY, "node", "haproxy.js");
                    case "redis" -> need(Program.REDIS, "node", "redis.js");
                    default -> script(program);
                });
        command.addAll(options);
        return command;
    }

    /** An application by its name, in whatever language it is written; else a server of the lab. */
    private static List<String> script(String program) {
        Path python = APPLICATIONS.resolve(program + ".py");
        if (Files.exists(python)) {
            return need(Program.PYTHON_APPLICATIONS, PYTHON, python.toString());
        }
        if (Files.exists(LAB.resolve(program + ".java"))) {
            return java(program);
        }
        Path node = APPLICATIONS.resolve(program + ".js");
        return need(Program.NODE, "node", Files.exists(node) ? node.toString() : program + ".js");
    }

    /** The script {@code server}, as users get it, on a free port. */
    private static List<String> serverScript() {
        return Stream.concat(BuiltScript.of("server").command().stream(), Stream.of("--port", "0", "--until-eof"))
                .toList();
    }

    private static List<String> java(String name) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "siodiag.lab." + name);
    }

    private static List<String> need(Program program, String... command) {
        program.need();
        return List.of(command);
    }

    /** Waits for a line of the last program. */
    public void await(String prefix) {
        programs.get(programs.size() - 1).await(prefix, START);
    }

    /**
     * The text with {@code {name}} replaced by that program's URL or by the credential of that name, {@code {last}} by the
     * last one's URL, {@code {port}} by its port.
     */
    public String fill(String text) {
        String filled = text;
        for (Map<String, String> values : List.of(urls, credentials)) {
            for (Map.Entry<String, String> value : values.entrySet()) {
                filled = filled.replace("{" + value.getKey() + "}", value.getValue());
            }
        }
        if (filled.contains("{port}")) {
            filled = filled.replace(
                    "{port}", String.valueOf(URI.create(urls.get("last")).getPort()));
        }
        filled = filled.replace("{flows}", FLOWS.toString());
        return filled.contains("{certificates}")
                ? filled.replace("{certificates}", Certificates.folder().toString())
                : filled;
    }

    @Override
    public void close() {
        programs.forEach(Running::close);
    }
}
