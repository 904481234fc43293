package siodiag.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import siodiag.catalogue.Catalogue;
import siodiag.catalogue.Cause;
import siodiag.catalogue.CauseEntry;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;

/** What is generated from the data files of the library is up to date, and the page names what the catalogue says. */
class GeneratedFilesTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern NAME = Pattern.compile("'([a-z0-9-]+)'");

    @Test
    void the_dashboard_and_the_list_of_causes_are_up_to_date() {
        Program.NODE.need();
        try (Child node =
                Child.start(Project.root(), Map.of(), List.of("node", "tests/generated/generate.js", "--check"))) {
            assertEquals(0, node.exitCode(LIMIT), node::err);
        }
    }

    @Test
    void the_dashboard_names_exactly_the_causes_that_the_catalogue_gives_it() throws IOException {
        String script = Files.readString(Project.root().resolve("dashboard.html"))
                .replaceFirst("(?s)// <catalogue>.*// </catalogue>", "");
        Set<String> inScript = new TreeSet<>();
        for (Matcher name = NAME.matcher(script); name.find(); ) {
            Cause.of(name.group(1)).ifPresent(cause -> inScript.add(cause.id()));
        }
        Set<String> inCatalogue = Catalogue.entries().values().stream()
                .filter(entry -> !entry.page().equals("no"))
                .map(CauseEntry::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(inCatalogue.isEmpty());
        assertEquals(inCatalogue, inScript);
    }
}
