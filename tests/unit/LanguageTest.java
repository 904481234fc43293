package siodiag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import siodiag.harness.Project;

/** Plain English of the field in code, output and documents: phrases that crept in before, each with the field's own. */
class LanguageTest {
    private static final Map<Pattern, String> BETTER = better();

    private static Map<Pattern, String> better() {
        Map<Pattern, String> better = new LinkedHashMap<>();
        better.put(pattern("time-outs?"), "timeout");
        better.put(pattern("(lets?|letting) in"), "accept, connect");
        better.put(pattern("lets everybody"), "accepts everybody");
        better.put(pattern("puts? out"), "disconnect");
        better.put(
                pattern("is no (HTTP|JSON|TLS|event|handshake|name|number|URL|line|object|file|server)"), "is not a …");
        better.put(pattern("of one's own"), "your own");
        better.put(pattern("at its ends"), "at either end");
        better.put(pattern("does not come to an end"), "never completes");
        better.put(pattern("MOST_\\w+|LONGEST_\\w+|DEEPEST_\\w+|HIGHEST_\\w+"), "MAX_…");
        better.put(pattern("SHORTEST_\\w+|LEAST_\\w+|PATIENCE\\w*"), "MIN_… or …_TIMEOUT");
        better.put(Pattern.compile("^\\s+(seen|do): ", Pattern.MULTILINE), "evidence: and fix:");
        return better;
    }

    private static Pattern pattern(String phrase) {
        return Pattern.compile("(?<![\\w-])(" + phrase + ")(?![\\w-])");
    }

    @Test
    void nothing_is_said_in_a_private_dialect() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            String text = Files.readString(file);
            BETTER.forEach((phrase, better) -> {
                Matcher match = phrase.matcher(text);
                while (match.find()) {
                    long line = text.substring(0, match.start()).lines().count();
                    found.add(Project.root().relativize(file) + ":" + line + " " + match.group() + " -> " + better);
                }
            });
        }
        assertEquals(List.of(), found);
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("lib", "scripts", "templates", "docs", "jbang", "dashboard.html")) {
            try (Stream<Path> below = Files.walk(Project.root().resolve(name))) {
                below.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        try (Stream<Path> top = Files.list(Project.root())) {
            top.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
        }
        return files;
    }
}
