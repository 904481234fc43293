package siodiag.triage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import siodiag.cli.Commands;

/** What a run of {@code triage} left behind: its output, and the folder of pages. */
record Triaged(int exitCode, String out, String err, Path folder) {

    /** Runs the command on reports, in this process. */
    static Triaged run(Path folder, Object... arguments) {
        List<String> all = new ArrayList<>(List.of("--out", folder.toString()));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Commands.prepared(new TriageCommand());
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Triaged(line.execute(all.toArray(String[]::new)), out.toString(), err.toString(), folder);
    }

    String page(String name) {
        return read(name.equals("index") ? "index.md" : "categories/" + name + ".md");
    }

    JsonNode data() {
        try {
            return new ObjectMapper().readTree(read("data/categories.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The category of each failed test, by the end of its node id. */
    Map<String, String> categoryOfEach() {
        Map<String, String> categories = new TreeMap<>();
        for (Map.Entry<String, JsonNode> category : data().properties()) {
            category.getValue().get("nodeids").forEach(id -> categories.put(id.asText(), category.getKey()));
        }
        return categories;
    }

    /** The counts of a category's subpatterns, the largest first. */
    List<Integer> patternCounts(String category) {
        List<Integer> counts = new ArrayList<>();
        data().get(category)
                .get("subpatterns")
                .forEach(pattern -> counts.add(pattern.get("count").asInt()));
        return counts;
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
