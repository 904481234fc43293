package siodiag.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's files lie. */
public final class Project {
    private static final Path ROOT = find(Path.of("").toAbsolutePath());

    private Project() {}

    /** The folder of {@code jbang-catalog.json}, found as JBang finds it: here or in a folder above. */
    public static Path root() {
        return ROOT;
    }

    private static Path find(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("jbang-catalog.json"))
                    && Files.exists(folder.resolve("tests/RunTests.java"))) {
                return folder;
            }
        }
        throw new IllegalStateException("run the tests from the project's folder or one below it, not from " + start);
    }
}
