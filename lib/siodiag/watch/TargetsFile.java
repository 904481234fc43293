package siodiag.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import siodiag.cli.Commands;
import siodiag.command.ServerAddress;
import siodiag.command.TargetOptions;
import siodiag.core.Durations;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.target.Target;

/**
 * Many targets in a file, a line each: {@code URL [--every SECONDS] [options as on the command line]}. A line without options has
 * those of the command. {@code #} begins a comment; quotes hold a word together.
 */
final class TargetsFile {
    private static final long MAX_BYTES = 4L * 1024 * 1024;
    private static final int MAX_TARGETS = 2000;

    private TargetsFile() {}

    /** One line, as if it were a command line. */
    @Command(name = "target")
    private static final class Line {
        @Parameters(index = "0", paramLabel = "URL")
        String url;

        @Option(names = "--every", converter = Durations.class)
        Duration every;

        @Mixin
        TargetOptions options;
    }

    /**
     * @param pace   where a line has none of its own
     * @param shared makes a target of a line that has nothing but a URL
     * @throws UsageException that names the line
     */
    static List<Watch.Watched> read(Path file, Pace pace, Function<ServerAddress, Target> shared) {
        List<Watch.Watched> watched = new ArrayList<>();
        Map<Object, Integer> lineOf = new HashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String where = "--targets " + Text.cut(file.toString(), 120) + ", line " + (i + 1) + ": ";
            List<String> words = words(lines.get(i), where);
            if (words.isEmpty()) {
                continue;
            }
            Watch.Watched one = parse(words, pace, shared, where);
            Integer before = lineOf.put(one.target().url(), i + 1);
            if (before != null) {
                throw new UsageException(where + one.target().url() + " stands in line " + before + " already");
            }
            watched.add(one);
            if (watched.size() > MAX_TARGETS) {
                throw new UsageException(where + "more than " + MAX_TARGETS + " targets");
            }
        }
        if (watched.isEmpty()) {
            throw new UsageException("--targets " + Text.cut(file.toString(), 120) + ": no target; a URL on each line");
        }
        return watched;
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UsageException("--targets " + Text.cut(file.toString(), 120) + ": too large for a list");
            }
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UsageException("--targets " + Text.cut(file.toString(), 120) + ": can't be read ("
                    + failure.getClass().getSimpleName() + "); a text file with a URL on each line");
        }
    }

    private static Watch.Watched parse(
            List<String> words, Pace pace, Function<ServerAddress, Target> shared, String where) {
        Line line = new Line();
        CommandLine parser = Commands.prepared(line);
        try {
            parser.parseArgs(words.toArray(String[]::new));
            boolean own = words.stream().anyMatch(word -> word.startsWith("--") && !word.startsWith("--every"));
            ServerAddress address = ServerAddress.parse("URL", line.url);
            Duration every = line.every == null ? pace.every() : line.every;
            checkEvery(every);
            return new Watch.Watched(own ? line.options.at(address) : shared.apply(address), pace.withEvery(every));
        } catch (CommandLine.ParameterException | UsageException wrong) {
            throw new UsageException(where + wrong.getMessage());
        }
    }

    /** @throws UsageException in one line */
    static void checkEvery(Duration every) {
        if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofDays(1)) > 0) {
            throw new UsageException("--every " + Text.duration(every) + ": from 1 second to a day");
        }
    }

    /** Split at blanks, except in quotes. */
    static List<String> words(String line, String where) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                word = word == null ? new StringBuilder() : word;
            } else if (Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else if (c == '#' && word == null) {
                break;
            } else {
                word = word == null ? new StringBuilder() : word;
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new UsageException(where + "a quote is not closed");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
