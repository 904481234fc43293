package siodiag.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import siodiag.harness.Alias;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;

/** What the documents promise exists: options, files, sections, and a test for each command that is not run from them. */
class DocumentsTest {
    private static final int MAX_README_LINES = 140;
    private static final Pattern COMMAND = Pattern.compile("\\./jbang ([a-z0-9-]+)((?:[^`\\n|#]|\\\\\\n)*)");
    private static final Pattern OPTION = Pattern.compile("(?<=\\s)--[a-z][a-z-]*");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(#[^)\\s]*)?\\)");

    @Test
    void the_readme_is_one_page() throws IOException {
        long lines =
                Files.readString(Project.root().resolve("README.md")).lines().count();
        assertTrue(lines <= MAX_README_LINES, lines + " lines");
    }

    @Test
    void every_snippet_that_is_not_run_says_why_and_which_test_covers_it() throws IOException {
        List<Snippet> notRun = Documents.snippets().stream()
                .filter(snippet -> !snippet.isRun())
                .toList();
        assertFalse(notRun.isEmpty());
        for (Snippet snippet : notRun) {
            assertTrue(snippet.how().matches("no, [^;]+; .+"), snippet + " <!-- run: " + snippet.how() + " -->");
            for (String test : snippet.coveredBy()) {
                assertEquals(1, tests(test), snippet + ": " + test);
            }
        }
    }

    private static long tests(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Project.root().resolve("tests"), 3)) {
            return files.filter(file -> file.endsWith(name + ".java")).count();
        }
    }

    @Test
    void every_option_that_a_document_names_with_a_command_is_one_of_that_command() throws IOException {
        Map<String, Set<String>> named = new HashMap<>();
        for (Path document : Documents.all()) {
            Matcher command = COMMAND.matcher(Files.readString(document));
            while (command.find()) {
                Matcher option = OPTION.matcher(command.group(2));
                while (option.find()) {
                    named.computeIfAbsent(command.group(1), name -> new TreeSet<>())
                            .add(option.group());
                }
            }
        }
        Set<String> aliases = Alias.all().stream().map(Alias::name).collect(Collectors.toSet());
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Map.Entry<String, Set<String>> command : named.entrySet()) {
            if (aliases.contains(command.getKey()) && !Set.of("test", "check").contains(command.getKey())) {
                String help = help(command.getKey());
                for (String option : command.getValue()) {
                    checked++;
                    if (!Pattern.compile(option + "\\b(?!-)").matcher(help).find()) {
                        wrong.add(command.getKey() + " " + option);
                    }
                }
            }
        }
        assertTrue(checked > 30, "only " + checked + " options were looked at");
        assertEquals(List.of(), wrong);
    }

    private static String help(String command) {
        StringBuilder help = new StringBuilder(Toolkit.run(command, "--help").out());
        if (command.equals("ask")) {
            for (String question : List.of("up", "namespaces", "token", "ack", "watch", "events", "port")) {
                help.append(Toolkit.run(command, question, "--help").out());
            }
        } else if (command.equals("siodiag")) {
            help.append(Toolkit.run(command, "ask", "--help").out());
        } else if (command.equals("adhoc")) {
            help.append(Toolkit.run("ask", "up", "--help").out()); // it takes the same target options
        }
        return help.toString();
    }

    @Test
    void every_link_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int checked = 0;
        for (Path document : Documents.all()) {
            Matcher link = LINK.matcher(Files.readString(document).replaceAll("(?s)```.*?```", ""));
            while (link.find()) {
                if (link.group(1).matches("[a-z]+:.*")) {
                    continue;
                }
                checked++;
                Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
                if (!Files.exists(target)
                        || link.group(2) != null
                                && !anchors(target).contains(link.group(2).substring(1))) {
                    broken.add(document.getFileName() + ": " + link.group());
                }
            }
        }
        assertTrue(checked > 20, "only " + checked + " links were looked at");
        assertEquals(List.of(), broken);
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path document) throws IOException {
        return Files.readString(document)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
