package siodiag.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test class by its file.
 *
 * @param area the folder below {@code tests/} that has it
 * @param type the class with its package
 */
record TestSource(String area, String type) {
    private static final String ENDING = "Test.java";
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Set<String> FAST = Set.of("unit", "diagnosis");

    static List<TestSource> all() throws IOException {
        Path tests = Project.root().resolve("tests");
        List<TestSource> all = new ArrayList<>();
        for (String area : areas(tests)) {
            try (Stream<Path> files = Files.walk(tests.resolve(area), area.equals("unit") ? Integer.MAX_VALUE : 1)) {
                files.filter(file -> file.toString().endsWith(ENDING))
                        .sorted()
                        .forEach(file -> all.add(of(area, file)));
            }
        }
        return all;
    }

    /** The class alone. */
    String name() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** Whether it needs no process and no npm package: such areas stand in {@code tests/FastTests.java}. */
    boolean isFast() {
        return FAST.contains(area);
    }

    private static List<String> areas(Path tests) throws IOException {
        try (Stream<Path> folders = Files.list(tests)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals("node_modules"))
                    .sorted()
                    .toList();
        }
    }

    private static TestSource of(String area, Path file) {
        try {
            String declared = PACKAGE.matcher(Files.readString(file))
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            return new TestSource(
                    area, declared + "." + file.getFileName().toString().replace(".java", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
