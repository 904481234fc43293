package siodiag.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a Markdown file that a reader pastes into a shell ({@code sh}) or into a session ({@code jshell}), and the
 * {@code text} block after it, which shows what comes of it. A comment before the block says how it is run:
 * {@code run: monitor} beside a monitor, {@code run: chat} beside a chat server of its own, {@code run: no, WHY; TEST, …} not
 * at all, but by those test classes; with nothing said, as it is. {@code …, exit 21} tells how it ends, where that is not 0.
 */
record Snippet(String file, int line, String how, String language, String text, String shown) {
    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- run: ([^\\n]+?) -->\\n)?```(sh|jshell)\\n(.*?)\\n```(?:\\n+```text\\n(.*?)\\n```)?",
            Pattern.DOTALL);

    private static final Pattern EXIT = Pattern.compile(", exit (\\d+)$");

    static List<Snippet> of(Path file) throws IOException {
        String markdown = Files.readString(file);
        List<Snippet> snippets = new ArrayList<>();
        Matcher block = BLOCK.matcher(markdown);
        while (block.find()) {
            int line = (int) markdown.substring(0, block.start(2)).lines().count();
            snippets.add(new Snippet(
                    file.getFileName().toString(),
                    line,
                    text(block.group(1)),
                    block.group(2),
                    block.group(3),
                    text(block.group(4))));
        }
        return snippets;
    }

    boolean isRun() {
        return !how.startsWith("no");
    }

    /** The test classes that cover what is not run. */
    List<String> coveredBy() {
        int names = how.indexOf("; ");
        return names < 0 ? List.of() : List.of(how.substring(names + 2).split(", "));
    }

    int exitCode() {
        Matcher stated = EXIT.matcher(how);
        return stated.find() ? Integer.parseInt(stated.group(1)) : 0;
    }

    boolean needsMonitor() {
        return how.startsWith("monitor");
    }

    boolean needsChat() {
        return how.startsWith("chat");
    }

    /** The command line that does what the reader does by pasting. */
    List<String> command() {
        return List.of(
                "bash", "-c", language.equals("sh") ? "set -e\n" + text : "./jbang adhoc <<'END'\n" + typed() + "END");
    }

    /** The lines that have to be seen, in this order; a line of only {@code …} stands for any number of lines. */
    List<String> expected() {
        return (language.equals("sh") ? shown : "…\n" + text + "\n…")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("jshell> "))
                .toList();
    }

    private String typed() {
        StringBuilder typed = new StringBuilder();
        text.lines().filter(line -> line.startsWith("jshell> ")).forEach(line -> typed.append(
                        line.substring("jshell> ".length()))
                .append('\n'));
        return typed.toString();
    }

    private static String text(String group) {
        return group == null ? "" : group;
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + text.lines().findFirst().orElse("");
    }
}
