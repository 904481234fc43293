package siodiag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import siodiag.harness.Project;

/** The packages of the library: uses run one way, and each folder lists its files for JBang. */
class PackagesTest {
    private static final Path LIB = Project.root().resolve("lib");
    private static final Path ROOT = LIB.resolve("siodiag");
    private static final Pattern USE = Pattern.compile("\\bsiodiag\\.((?:[a-z]\\w*\\.)*)[A-Z]");
    private static final Pattern ORDER = Pattern.compile("<!-- order -->\\s+```\\s+(.*?)```", Pattern.DOTALL);
    private static final String BARREL = "package-info.java";

    @Test
    void the_document_names_every_package() throws IOException {
        assertEquals(new TreeSet<>(packages()), new TreeSet<>(order()));
    }

    @Test
    void uses_run_one_way() throws IOException {
        List<String> order = order();
        List<String> upwards = new ArrayList<>();
        for (String user : order) {
            for (Path file : files(user, ".java")) {
                for (String used : uses(Files.readString(file))) {
                    if (!used.equals(user) && order.indexOf(used) >= order.indexOf(user)) {
                        upwards.add(user + " uses " + used + ": " + file.getFileName());
                    }
                }
            }
        }
        assertEquals(List.of(), upwards);
    }

    @Test
    void each_folder_lists_its_files_for_jbang() throws IOException {
        for (String name : packages()) {
            List<String> expected = new ArrayList<>();
            files(name, ".java").forEach(file -> expected.add("//SOURCES " + file.getFileName()));
            expected.remove("//SOURCES " + BARREL);
            files(name, ".json")
                    .forEach(file -> expected.add("//FILES " + LIB.relativize(file) + "=" + file.getFileName()));
            List<String> listed = directives(folder(name).resolve(BARREL)).stream()
                    .filter(line -> !line.startsWith("//DEPS"))
                    .toList();
            assertEquals(expected, listed, name);
        }
    }

    @Test
    void the_kit_lists_every_package_in_their_order() throws IOException {
        List<String> expected =
                new ArrayList<>(order().stream().map(PackagesTest::source).toList());
        expected.add("//SOURCES siodiag/Adhoc.java");
        assertEquals(
                expected,
                directives(LIB.resolve("Kit.java")).stream()
                        .filter(line -> line.startsWith("//SOURCES"))
                        .toList());
    }

    @Test
    void a_script_that_examines_no_server_brings_no_client_of_one() throws IOException {
        String triage = Files.readString(Project.root().resolve("scripts/Triage.java"));
        assertTrue(triage.contains("/triage/" + BARREL));
        assertEquals(-1, triage.indexOf("Diagnostics.java"));
        assertEquals(-1, triage.indexOf("/server/"));
        assertEquals(-1, triage.indexOf("/javaclient/"));
    }

    private static String source(String name) {
        return "//SOURCES siodiag/" + name.replace('.', '/') + "/" + BARREL;
    }

    private static List<String> uses(String source) {
        return USE.matcher(source)
                .results()
                .map(MatchResult::group)
                .map(use -> use.substring("siodiag.".length(), use.length() - 1))
                .map(use -> use.isEmpty() ? "" : use.substring(0, use.length() - 1))
                .distinct()
                .toList();
    }

    private static List<String> directives(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.matches("//(SOURCES|DEPS|FILES) .*"))
                .toList();
    }

    /** The lowest first. */
    private static List<String> order() throws IOException {
        return ORDER.matcher(Files.readString(Project.root().resolve("docs/architecture.md")))
                .results()
                .flatMap(found -> found.group(1).lines())
                .toList();
    }

    private static List<String> packages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.endsWith(BARREL))
                    .map(file -> ROOT.relativize(file.getParent()).toString().replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> files(String name, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder(name))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder(String name) {
        return ROOT.resolve(name.replace('.', '/'));
    }
}
