package siodiag.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fullest the heap ever was, read off the garbage collector's log: nothing in it means less than its young generation. */
final class PeakHeap {
    private static final Pattern PAUSE = Pattern.compile("(\\d+)M->\\d+M\\(");

    private final Map<String, Integer> megabytes = new ConcurrentHashMap<>();

    /** An environment in which every JVM logs the use of its heap into the folder. */
    static String environment(Path folder) {
        try {
            Path options = Files.writeString(
                    folder.resolve("options"), "-XX:+UseSerialGC -Xlog:gc:file=" + folder + "/%p.log");
            return "JDK_JAVA_OPTIONS=@" + options;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void read(String name, Path folder) {
        try (Stream<Path> logs = Files.list(folder)) {
            megabytes.put(
                    name,
                    logs.filter(log -> log.toString().endsWith(".log"))
                            .mapToInt(PeakHeap::peak)
                            .max()
                            .orElse(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void print(PrintStream out, int cap) {
        megabytes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .ifPresent(most -> out.printf(
                        "%npeak heap over %d hostile servers: %d MiB of %d (%s)%n%n",
                        megabytes.size(), most.getValue(), cap, most.getKey()));
    }

    private static int peak(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(PAUSE::matcher)
                    .filter(Matcher::find)
                    .mapToInt(found -> Integer.parseInt(found.group(1)))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
