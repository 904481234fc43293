package siodiag.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One output stream of a program, read as it comes; what is past the limit is read and dropped. */
public final class Printed {
    private static final int LIMIT = 4_000_000;

    private final StringBuilder kept = new StringBuilder();
    private boolean ended;

    public Printed(InputStream stream) {
        Thread reader = new Thread(() -> read(stream), "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    public synchronized String text() {
        return kept.toString();
    }

    /** The first line that begins with the prefix, null where the stream or the time ends before it. */
    public synchronized String await(String prefix, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        String found = find(prefix);
        while (found == null && !ended && pause(deadline)) {
            found = find(prefix);
        }
        return found == null ? find(prefix) : found;
    }

    /** Waits for the end of the stream, not for ever: a grandchild that holds it must not keep a test waiting. */
    synchronized void awaitEnd() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!ended && pause(deadline)) {
            // until the end or the deadline
        }
    }

    private void read(InputStream stream) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line);
            }
        } catch (IOException closedWithTheProcess) {
            // what was read until then stays
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        if (kept.length() < LIMIT) {
            kept.append(line).append('\n');
        }
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private boolean pause(long deadline) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            return false;
        }
        try {
            wait(left);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String find(String prefix) {
        return kept.toString()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElse(null);
    }
}
