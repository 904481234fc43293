package siodiag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A test class by its file: {@code tests/AREA/NAME.java}. */
record TestSource(String area, String name) {
    private static final String ENDING = "Test.java";

    static List<TestSource> all() throws IOException {
        try (Stream<Path> files = Files.walk(Project.root().resolve("tests"), 2)) {
            return files.filter(file -> file.toString().endsWith(ENDING)).sorted().map(TestSource::of).toList();
        }
    }

    private static TestSource of(Path file) {
        return new TestSource(file.getParent().getFileName().toString(),
                file.getFileName().toString().replace(".java", ""));
    }
}
