package siodiag.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import siodiag.core.CannotRunException;
import siodiag.core.Scope;
import siodiag.target.Embedded;
import siodiag.target.Target;

/**
 * The script {@code server} as the target, in a process of its own that JBang builds and starts: so netty-socketio is no
 * dependency of the diagnostics. The commands carry the script's source as a resource, so it is there however they were
 * started themselves (disk, URL, catalog, offline once it was built). The server ends when its standard input closes, and
 * that closes with this process, however this one ends.
 */
final class EmbeddedNetty implements EmbeddedServer {
    private static final String SCRIPT = "Server.java";
    /** JBang's first run fetches dependencies and compiles. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final Pattern ADDRESS = Pattern.compile("server on (http://\\S+).*");

    private final Process process;
    private final Target target;

    private EmbeddedNetty(Process process, Target target) {
        this.process = process;
        this.target = target;
    }

    /** With the path, the token and the namespaces of the options. @throws CannotRunException where it does not start */
    static EmbeddedNetty start(TargetOptions options) {
        Target wanted = options.embedded(Embedded.NETTY_SOCKETIO, URI.create("http://127.0.0.1"));
        try {
            Path folder = unpack();
            try {
                Process process = launch(folder, wanted);
                return new EmbeddedNetty(process, options.embedded(Embedded.NETTY_SOCKETIO, address(folder, process)));
            } finally {
                delete(folder); // what runs is what JBang has built of it
            }
        } catch (IOException failure) {
            throw new CannotRunException("the embedded netty-socketio server could not start: " + failure.getMessage());
        }
    }

    private static Path unpack() throws IOException {
        try (InputStream script = EmbeddedNetty.class.getResourceAsStream("/" + SCRIPT)) {
            if (script == null) {
                throw new IOException("this command was built without " + SCRIPT);
            }
            Path folder = Files.createTempDirectory("embedded-server");
            Files.copy(script, folder.resolve(SCRIPT));
            return folder;
        }
    }

    /** The token goes by the environment: other users of the machine can read a command line. */
    private static Process launch(Path folder, Target wanted) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                jbang(), folder.resolve(SCRIPT).toString(), "--until-eof", "--port", "0", "--path", wanted.path()));
        if (wanted.expectations().arePromised()) {
            command.addAll(List.of("--namespaces", String.join(",", wanted.namespaces())));
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(errors(folder).toFile());
        builder.environment().put(CredentialOptions.TOKEN_VARIABLE, TargetOptions.tokenOr(wanted.token()));
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new IOException(
                    "JBang is needed to start it, and " + jbang() + " can't be run: " + missing.getMessage(), missing);
        }
    }

    /** The JBang that started this command, else the one on the PATH. */
    private static String jbang() {
        return System.getenv().getOrDefault("JBANG_LAUNCH_CMD", "jbang");
    }

    private static Path errors(Path folder) {
        return folder.resolve("stderr.txt");
    }

    /** Where the server listens, once it does. */
    private static URI address(Path folder, Process process) throws IOException {
        try {
            return Scope.current()
                    .fork("netty-socketio server", () -> firstLine(process))
                    .get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            stop(process);
            throw new IOException(
                    failure instanceof TimeoutException
                            ? "not ready after " + START_TIMEOUT.toSeconds() + " s"
                            : lastLine(errors(folder)),
                    failure);
        } catch (InterruptedException interrupted) {
            stop(process);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static URI firstLine(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        Matcher address = ADDRESS.matcher(String.valueOf(line));
        if (!address.matches()) {
            throw new IOException("its first line is not an address: " + line);
        }
        return URI.create(address.group(1));
    }

    /** What the server or JBang says last, which is the reason where neither starts. */
    private static String lastLine(Path errors) throws IOException {
        List<String> lines = Files.readAllLines(errors).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? "it ended without a word" : lines.get(lines.size() - 1);
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public void close() {
        stop(process);
    }

    private static void stop(Process process) {
        try {
            process.getOutputStream().close();
            if (process.waitFor(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (IOException closed) {
            // it has ended
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException kept) {
            // a folder for temporary files: the system clears it
        }
    }
}
