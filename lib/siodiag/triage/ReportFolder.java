package siodiag.triage;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import siodiag.core.Json;

/** The folder of pages: {@code index.md}, {@code categories/CATEGORY.md}, {@code data/categories.json}. */
final class ReportFolder {
    private static final String DATA = "data/categories.json";
    private static final String PAGES = "categories";

    private ReportFolder() {}

    /** Writes the pages; those of an earlier run's categories that are empty now are removed. */
    static void write(FailureReport report, ReportComparison comparison, Path folder) throws IOException {
        Files.createDirectories(folder.resolve(DATA).getParent());
        Files.createDirectories(folder.resolve(PAGES));
        for (String category : earlierCategories(folder)) {
            Files.deleteIfExists(folder.resolve(page(category)));
        }
        for (FailureCategory category : report.categories()) {
            Files.writeString(folder.resolve(page(category.name())), CategoryPage.render(category));
        }
        Files.writeString(folder.resolve("index.md"), IndexPage.render(report, comparison));
        try (Writer data = Files.newBufferedWriter(folder.resolve(DATA))) {
            ReportData.writeCategories(report.categories(), data);
        }
    }

    /** Where the page of a category is, as a link from {@code index.md}. */
    static String page(String category) {
        return PAGES + "/" + category + ".md";
    }

    private static List<String> earlierCategories(Path folder) {
        List<String> names = new ArrayList<>();
        try {
            Json.MAPPER.readTree(folder.resolve(DATA).toFile()).fieldNames().forEachRemaining(names::add);
        } catch (IOException noEarlierRun) {
            return List.of();
        }
        names.removeIf(name -> !CategoryRule.isCategory(name));
        return names;
    }
}
