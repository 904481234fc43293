package siodiag.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process that listens on a port, as far as the system tells: {@code /proc} on Linux, {@code netstat -ano} on
 * Windows, {@code lsof} elsewhere. Another user's process is often hidden.
 */
public record PortOwner(long pid, String command) {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final Duration MAX_WAIT = Duration.ofMillis(900);

    /** Who listens on this TCP port; empty if nobody does or the system does not tell. */
    public static Optional<PortOwner> of(int port) {
        try {
            if (Files.isReadable(PROC.resolve("net/tcp"))) {
                return fromProc(port);
            }
            boolean windows = System.getProperty("os.name").startsWith("Windows");
            return windows
                    ? pid(NetstatTable.listener(output("netstat", "-ano", "-p", "TCP"), port))
                    : pid(output("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN").stream()
                            .findFirst());
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** {@code port 8765 is in use by PID 12 (node server.js)}. */
    public static String inUse(int port) {
        return "port " + port + " is in use"
                + of(port).map(holder -> " by " + holder).orElse("");
    }

    /** Who listens on this TCP port, for people. */
    public static String describe(int port) {
        return describe(port, of(port));
    }

    /** The same, where it is known. */
    public static String describe(int port, Optional<PortOwner> owner) {
        return owner.map(PortOwner::toString)
                .orElse("nothing is listening on " + port + " (or its owner is not visible to you)");
    }

    @Override
    public String toString() {
        return "PID " + pid + " (" + Text.cut(shown(), 160) + ")";
    }

    private static Optional<PortOwner> fromProc(int port) throws IOException {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            if (Files.isReadable(PROC.resolve(table))) {
                collectListening(PROC.resolve(table), port, sockets);
            }
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holdsOneOf(process, sockets)) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    return Optional.of(new PortOwner(pid, commandOf(pid)));
                }
            }
        }
        return Optional.empty();
    }

    /** Rows of proc(5) net/tcp: slot, local address:port in hex, remote, state, …, inode as the tenth column. */
    private static void collectListening(Path table, int port, Set<String> sockets) throws IOException {
        String ending = String.format(":%04X", port);
        for (String row : Files.readAllLines(table)) {
            String[] columns = row.trim().split("\\s+");
            if (columns.length > 9 && columns[1].endsWith(ending) && columns[3].equals(LISTENING)) {
                sockets.add("socket:[" + columns[9] + "]");
            }
        }
    }

    private static boolean holdsOneOf(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> handles = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path handle : handles) {
                if (Files.isSymbolicLink(handle) && sockets.contains(target(handle))) {
                    return true;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return false; // it ended meanwhile, or is not ours to look into
        }
        return false;
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<PortOwner> pid(Optional<String> number) {
        return number.map(String::strip)
                .filter(text -> text.matches("[1-9]\\d{0,9}"))
                .map(Long::parseLong)
                .map(pid -> new PortOwner(pid, commandOf(pid)));
    }

    /** What a program prints, in lines; nothing where it is missing or takes too long. */
    private static List<String> output(String... command) throws IOException {
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Future<List<String>> lines = Scope.current()
                    .fork(command[0], () -> program.inputReader().lines().toList());
            return lines.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException | CancellationException silent) {
            return List.of();
        } finally {
            program.destroyForcibly();
        }
    }

    /** The command line without the secrets in it, and without the class path that hides its point. */
    private String shown() {
        return new Redactor().hide(command.replaceAll(" -(?:cp|classpath|-class-path) \\S+", ""));
    }

    private static String commandOf(long pid) {
        Optional<ProcessHandle.Info> info = ProcessHandle.of(pid).map(ProcessHandle::info);
        return info.flatMap(ProcessHandle.Info::commandLine)
                .or(() -> info.flatMap(ProcessHandle.Info::command))
                .orElse("command unknown");
    }
}
