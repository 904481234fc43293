package siodiag.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import siodiag.core.Json;
import siodiag.harness.Child;
import siodiag.harness.Printed;
import siodiag.harness.Running;

/** A Python program as a fork of one that has its modules loaded already ({@code forks.py}): it starts in no time. */
final class Fork implements Running {
    private static final Duration START = Duration.ofSeconds(60);
    private static int port;

    private final List<String> command;
    private final Socket connection;
    private final Printed printed;
    private final ProcessHandle process;

    private Fork(List<String> command, Socket connection) throws IOException {
        this.command = command;
        this.connection = connection;
        connection
                .getOutputStream()
                .write((Json.MAPPER.writeValueAsString(command) + "\n").getBytes(StandardCharsets.UTF_8));
        printed = new Printed(connection.getInputStream());
        process = ProcessHandle.of(Long.parseLong(await("PID ", START))).orElseThrow();
    }

    /** @param command the program's file in the folder, and its options */
    static Fork start(Path folder, List<String> command) {
        try {
            return new Fork(command, new Socket(InetAddress.getLoopbackAddress(), port(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + command.get(0), e);
        }
    }

    private static synchronized int port(Path folder) {
        if (port == 0) {
            port = Integer.parseInt(Child.start(folder, Map.of(), List.of("/usr/bin/python3", "forks.py"))
                    .await("PORT ", START));
        }
        return port;
    }

    @Override
    public String await(String prefix, Duration limit) {
        String line = printed.await(prefix, limit);
        if (line == null) {
            throw new AssertionError("no line '" + prefix + "' from " + command + "\n" + printed.text());
        }
        return line.substring(prefix.length()).strip();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            connection.close();
        } catch (IOException alreadyClosed) {
            // what is wanted
        }
    }
}
