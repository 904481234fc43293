package siodiag.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.harness.Alias;
import siodiag.harness.Toolkit;

/** Every alias of the catalog, from a folder that is not the project's. */
class CatalogTest {
    static List<Alias> aliases() {
        return Alias.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("aliases")
    void shows_its_help_in_a_foreign_folder(Alias alias, @TempDir Path foreign) {
        Toolkit.Run run =
                Toolkit.runIn(foreign, Map.of(), "run", "--catalog", Alias.CATALOG.toString(), alias.name(), "--help");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue((run.out() + run.err()).contains("Usage"), run.out() + run.err());
    }
}
