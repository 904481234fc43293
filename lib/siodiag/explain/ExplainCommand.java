package siodiag.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import siodiag.catalogue.Cause;
import siodiag.command.OutputOptions;
import siodiag.command.ResultFile;
import siodiag.command.TypedCommand;
import siodiag.core.Console;
import siodiag.core.Json;
import siodiag.core.Redactor;
import siodiag.core.Style;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.core.Version;
import siodiag.report.Result;

/** Looks up what somebody has seen, or examines what was recorded; opens no connection. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        version = Version.NUMBER,
        sortOptions = false,
        description = {
            "What a cause, a code, a disconnect reason, an HTTP status or an error text means,",
            "what may be behind it, and the command that tells. Or what a recorded session shows: a HAR of a browser, a record",
            "of monitor or tap."
        },
        footer = {
            "",
            "Examples: explain namespace-unknown; explain code 1; explain 1006; explain \"transport close\";",
            "explain \"xhr poll error\"; explain 502; explain session.har",
            "Exit codes: 0 explained, 20 nothing known, 64 wrong usage; for a file 0 healthy, 20 degraded, 21 broken."
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final int SCHEMA = 1;
    private static final int UNKNOWN = 20;
    private static final int MAX_TEXT = 2000;
    private static final int MAX_SHOWN = 120;

    @Parameters(
            arity = "1..*",
            paramLabel = "WHAT",
            description = "the words as they were seen, in quotes or not; or a file")
    private List<String> words;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        output.checkWritable();
        String asked = String.join(" ", words);
        if (asked.length() > MAX_TEXT) {
            throw new UsageException("a text of at most " + MAX_TEXT + " characters: the line that holds the error");
        }
        Path file = file(asked);
        return file == null ? words(asked) : file(file);
    }

    private int file(Path file) {
        Result result = FileExplanation.of(file, TypedCommand.of(spec));
        output.write(result, spec.commandLine().getOut());
        return result.verdict().exitCode();
    }

    private int words(String asked) {
        if (output.hasReport()) {
            throw new UsageException("--junit and --report are for files: a HAR, or a record of monitor or tap");
        }
        Optional<Explanation> found = Explanation.of(asked);
        if (!output.jsonToStandardOutput()) {
            print(found.map(this::text).orElseGet(() -> unknown(asked)));
        }
        if (output.json() != null) {
            write(json(asked, found));
        }
        return found.isPresent() ? 0 : UNKNOWN;
    }

    /** Null where it is not the name of a file. @throws UsageException where it looks like one, and there is none */
    private static Path file(String asked) {
        try {
            Path file = Path.of(asked);
            if (Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException words) {
            return null;
        }
        if (asked.matches("(?i)\\S+\\.(har|jsonl?)")) {
            throw new UsageException(Text.quote(asked, MAX_SHOWN) + ": no such file");
        }
        return null;
    }

    private String text(Explanation found) {
        Style style = new Style(Console.isColoured(output.isColourless()), Console.isUnicode(), Console.width());
        StringBuilder text = new StringBuilder(style.bold(found.title())).append('\n');
        wrap(text, "  ", found.meaning());
        if (!found.fix().isEmpty()) {
            text.append("\nfix:\n");
            found.fix().lines().forEach(line -> wrap(text, "  ", line));
        }
        if (!found.causes().isEmpty()) {
            text.append("\nlikely causes, the most likely first:\n");
        }
        for (Explanation.Behind behind : found.causes()) {
            String name = behind.cause().isEmpty() ? "" : behind.cause() + ": ";
            wrap(text, "  - ", name + behind.when());
            if (!behind.command().isEmpty()) {
                text.append("      ").append(behind.command()).append('\n'); // in one piece, to be copied
            }
        }
        return text.toString();
    }

    private static void wrap(StringBuilder text, String prefix, String paragraph) {
        String before = prefix;
        for (String line : Text.wrap(paragraph, Console.width() - prefix.length())) {
            text.append(before).append(line).append('\n');
            before = " ".repeat(prefix.length());
        }
    }

    private static String unknown(String asked) {
        String shown = Text.quote(new Redactor().hide(asked), MAX_SHOWN);
        Cause nearest = Cause.nearest(asked);
        boolean close =
                Text.distance(asked, nearest.id()) <= Math.max(2, nearest.id().length() / 4);
        return "nothing is known about " + shown
                + (close
                        ? "; did you mean " + nearest.id() + "?"
                        : "; ./jbang run-all --url URL examines the server itself")
                + "\n";
    }

    private static String json(String asked, Optional<Explanation> found) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("schema", SCHEMA).put("tool", "explain").put("version", Version.NUMBER);
        root.put("asked", Text.cut(new Redactor().hide(asked), MAX_SHOWN)).put("known", found.isPresent());
        found.ifPresent(explanation -> {
            root.put("title", explanation.title()).put("meaning", explanation.meaning());
            root.put("fix", explanation.fix());
            for (Explanation.Behind behind : explanation.causes()) {
                root.withArray("causes")
                        .addObject()
                        .put("cause", behind.cause())
                        .put("when", behind.when())
                        .put("command", behind.command());
            }
        });
        root.withArray("causes");
        return root.toString();
    }

    private void write(String line) {
        if (output.jsonToStandardOutput()) {
            print(line + "\n");
        } else {
            ResultFile.write(output.json(), line + "\n");
        }
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(new Style(false, Console.isUnicode(), Console.width()).plain(text));
        out.flush();
    }
}
