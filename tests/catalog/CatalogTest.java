package siodiag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alias of the catalog, from a folder that is not the project's. */
class CatalogTest {
    private static final Path CATALOG = Project.root().resolve("jbang-catalog.json");

    static List<String> aliases() throws IOException {
        List<String> names = new ArrayList<>();
        new ObjectMapper().readTree(CATALOG.toFile()).get("aliases").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @MethodSource("aliases")
    void shows_its_help_in_a_foreign_folder(String alias, @TempDir Path foreign) {
        Toolkit.Run run = Toolkit.runIn(foreign, Map.of(), "run", "--catalog", CATALOG.toString(), alias, "--help");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue((run.out() + run.err()).contains("Usage"), run.out() + run.err());
    }
}
