package siodiag.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import siodiag.harness.Project;

/** What people read: the README, CONTRIBUTING and everything in {@code docs/}. */
final class Documents {
    /** Generated; its commands have placeholders, and CauseCatalogueTest looks at each. */
    private static final String CAUSES = "causes.md";

    private Documents() {}

    static List<Path> all() throws IOException {
        List<Path> documents = new ArrayList<>(
                List.of(Project.root().resolve("README.md"), Project.root().resolve("CONTRIBUTING.md")));
        try (Stream<Path> pages = Files.list(Project.root().resolve("docs"))) {
            pages.filter(page -> page.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path document : all()) {
            if (!document.endsWith(CAUSES)) {
                snippets.addAll(Snippet.of(document));
            }
        }
        return snippets;
    }
}
