package siodiag;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The running servers and proxies of one scenario. */
final class Deployment implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Path SERVERS = Project.root().resolve("tests/lab/servers");

    private static final Path FLOWS = Project.root().resolve("tests/lab/flows");

    private final List<Child> programs = new ArrayList<>();
    private final Map<String, String> urls = new HashMap<>();

    private Deployment() {
    }

    /** Starts the programs in their order, each once the one before is ready. @param start as in {@link Scenario#start} */
    static Deployment of(String start) {
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
        Child child = Child.start(SERVERS, Map.of(), command(names[names.length - 1], words.subList(1, words.size())));
        programs.add(child);
        String url = child.await("READY ", START);
        urls.put(names[0], url);
        urls.put("last", url);
    }

    private static List<String> command(String program, List<String> options) {
        List<String> command = new ArrayList<>(switch (program) {
            case "python" -> need(Program.PYTHON_SOCKETIO, "/usr/bin/python3", "python_server.py");
            case "full-backlog" -> need(Program.PYTHON_SOCKETIO, "/usr/bin/python3", "full_backlog.py");
            case "uvicorn" -> need(Program.UVICORN, "/usr/bin/python3", "python_server.py", "web=uvicorn");
            case "netty" -> List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-cp", System.getProperty("java.class.path"), NettyServer.class.getName());
            case "nginx" -> need(Program.NGINX, "node", "nginx.js");
            case "haproxy" -> need(Program.HAPROXY, "node", "haproxy.js");
            case "redis" -> need(Program.REDIS, "node", "redis.js");
            default -> need(Program.NODE, "node", program + ".js");
        });
        command.addAll(options);
        return command;
    }

    private static List<String> need(Program program, String... command) {
        program.need();
        return List.of(command);
    }

    /** Waits for a line of the last program. */
    void await(String prefix) {
        programs.get(programs.size() - 1).await(prefix, START);
    }

    /** The text with {@code {name}} replaced by that program's URL, {@code {last}} by the last one's, {@code {port}} by its port. */
    String fill(String text) {
        String filled = text;
        for (Map.Entry<String, String> url : urls.entrySet()) {
            filled = filled.replace("{" + url.getKey() + "}", url.getValue());
        }
        if (filled.contains("{port}")) {
            filled = filled.replace("{port}", String.valueOf(URI.create(urls.get("last")).getPort()));
        }
        filled = filled.replace("{flows}", FLOWS.toString());
        return filled.contains("{certificates}") ? filled.replace("{certificates}", Certificates.folder().toString()) : filled;
    }

    @Override
    public void close() {
        programs.forEach(Child::close);
    }
}
