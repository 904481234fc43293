package siodiag.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** An alias of the catalog and the script it stands for. */
public record Alias(String name, String script) {
    public static final Path CATALOG = Project.root().resolve("jbang-catalog.json");

    public static List<Alias> all() {
        try {
            return new ObjectMapper()
                    .readTree(CATALOG.toFile()).get("aliases").properties().stream()
                            .map(alias -> new Alias(
                                    alias.getKey(),
                                    alias.getValue().get("script-ref").asText()))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
