package siodiag.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.harness.Child;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;

/**
 * The launcher in a project of one script, which prints a word of its library and then each argument on a line of its own.
 * Where JBang must not be needed, one that can only fail stands first on the PATH.
 */
class LauncherTest {
    private static final int NO_JBANG = 99;

    @TempDir
    Path folder;

    private Path project;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Child> children = new ArrayList<>();

    @BeforeEach
    void create() throws IOException {
        project = Files.createDirectories(folder.resolve("it's a project"));
        environment.put("JBANG_DIR", folder.resolve("its cache").toString());
        Files.copy(Project.root().resolve("jbang"), project.resolve("jbang"));
        write(
                "jbang-catalog.json",
                """
                {
                  "aliases": {
                    "print": {
                      "script-ref": "scripts/Print.java",
                      "description": "Prints each argument on a line of its own"
                    }
                  }
                }
                """);
        write(
                "scripts/Print.java",
                """
                //JAVA 17+
                //SOURCES ../lib/Word.java
                class Print {
                    public static void main(String... args) {
                        System.out.println(Word.TEXT);
                        for (String arg : args) {
                            System.out.println("[" + arg + "]");
                        }
                        System.exit(args.length > 0 ? 7 : 0);
                    }
                }
                """);
        word("one");
        Path fake = write("no-jbang/jbang", "#!/bin/sh\nexit " + NO_JBANG + "\n");
        Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void end() {
        children.forEach(Child::close);
        awaitArchiving();
    }

    @Test
    void hands_every_argument_on_as_it_is() {
        String[] words = {"print", "", "@print", "two  words", "it's", "a \"b\" $HOME * \\", "one\nmore", "--help", ""};
        String expected = "one\n[]\n[@print]\n[two  words]\n[it's]\n[a \"b\" $HOME * \\]\n[one\nmore]\n[--help]\n[]\n";
        for (Child run : List.of(start(project, words), start(project, words))) {
            assertEquals(7, run.exitCode(Toolkit.LIMIT), run.err());
            assertEquals(expected, run.out());
        }
    }

    @Test
    void needs_no_jbang_for_what_is_built_and_unchanged() {
        assertEquals("one\n", output(project));
        withoutJBang();
        for (int start = 0; start < 2; start++) { // lists the classes, then archives them
            assertEquals("one\n", output(project));
        }
        awaitArchiving();
        assertEquals(1, kept("classes.jsa"));
        assertEquals("one\n", output(project));
    }

    @Test
    void builds_what_has_changed() throws IOException {
        assertEquals("one\n", output(project));
        word("two");
        assertEquals("two\n", output(project));
        word("one"); // of the same size, and changed back
        assertEquals("one\n", output(project));

        write("lib/Added.java", "class Added { }\n");
        assertNeedsJBang();
        output(project);
        Files.delete(project.resolve("lib/Added.java"));
        assertNeedsJBang();
    }

    @Test
    void does_without_an_archive_that_does_not_fit() throws IOException {
        archive();
        for (Path archive : files("classes.jsa")) {
            Files.delete(archive);
            Files.write(archive, new byte[8192]);
        }
        Child run = start(project, "print");
        assertEquals(0, run.exitCode(Toolkit.LIMIT), run.err());
        assertEquals("one\n", run.out());
        assertEquals("", run.err());
    }

    @Test
    void lists_the_classes_again_where_a_list_is_of_no_use() throws IOException {
        output(project);
        Path unusable = files("command").get(0).resolveSibling("classes." + endedProcess() + ".list");
        Files.writeString(unusable, "a line of nothing @ that was cut");
        output(project);
        awaitArchiving();
        assertFalse(Files.exists(unusable));
        archive();
        assertEquals(1, kept("classes.jsa"));
    }

    @Test
    void keeps_no_archive_of_what_has_changed_nor_for_longer_than_a_week() throws IOException {
        archive();
        word("two");
        assertEquals("two\n", output(project));
        assertEquals(0, kept("classes.jsa"));
        archive();
        Path old = files("classes.jsa").get(0);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(8, ChronoUnit.DAYS)));
        output(project);
        assertEquals(0, kept("classes.jsa"));
    }

    @Test
    void asks_jbang_where_what_it_kept_is_damaged_or_a_jar_is_gone() throws IOException {
        output(project);
        for (String damage : List.of("", "x", "1 2 3 4\njava 'unfinished\n")) {
            for (Path command : files("command")) {
                Files.writeString(command, damage);
            }
            assertNeedsJBang();
            assertEquals("one\n", output(project));
        }
        for (Path jar : files("Print.jar")) {
            Files.delete(jar);
        }
        assertNeedsJBang();
        assertEquals("one\n", output(project));
    }

    @Test
    void works_where_nothing_can_be_kept() throws IOException {
        Path cache = Files.createDirectories(Path.of(environment.get("JBANG_DIR")));
        Files.writeString(cache.resolve("socketio-diagnostics"), "a file stands in the place of the folder");
        assertEquals("one\n", output(project));
        assertEquals("one\n", output(project));
    }

    @Test
    void works_from_any_folder_and_through_links() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("else where/print"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), project.resolve("jbang"));
        Path second = Files.createSymbolicLink(elsewhere.resolve("tool"), Path.of("../../link"));
        assertEquals("one\n", output(elsewhere, second));
        withoutJBang();
        assertEquals("one\n", output(elsewhere.getParent(), link)); // has a folder of the alias's name
        assertEquals("one\n", output(elsewhere));
    }

    @Test
    void alone_or_asked_for_help_it_lists_the_commands_of_the_project() {
        withoutJBang();
        for (String[] words : new String[][] {{}, {"help"}, {"--help"}, {"-h"}, {"help", "nothing"}}) {
            Child run = start(project, words);
            assertEquals(0, run.exitCode(Toolkit.LIMIT), run.err());
            assertTrue(
                    run.out().contains("\n  print             Prints each argument on a line of its own\n"), run.out());
            assertTrue(run.out().contains("\nExamples:\n"), run.out());
            assertFalse(run.out().contains("jbang init"), run.out());
        }
    }

    @Test
    void help_of_a_command_is_its_own() {
        Child run = start(project, "help", "print");
        assertEquals(7, run.exitCode(Toolkit.LIMIT), run.err());
        assertEquals("one\n[--help]\n", run.out());
    }

    @Test
    void the_list_of_commands_fits_a_narrow_terminal() {
        withoutJBang();
        environment.put("COLUMNS", "40");
        Child run = start(project, "help");
        assertEquals(0, run.exitCode(Toolkit.LIMIT), run.err());
        List<String> commands = run.out()
                .lines()
                .filter(line -> line.startsWith("  print") || line.startsWith("        "))
                .toList();
        assertTrue(commands.size() > 1, run.out());
        commands.forEach(line -> assertTrue(line.length() <= 40, line));
    }

    @Test
    void an_unknown_command_is_answered_with_the_nearest_one() {
        withoutJBang();
        for (String[] typed : new String[][] {
            {"prnt", "; did you mean " + launcher() + " print?"},
            {"pri", "; did you mean " + launcher() + " print?"},
            {"xyzzy", ""}
        }) {
            Child run = start(project, typed[0]);
            assertEquals(64, run.exitCode(Toolkit.LIMIT), run.err());
            assertEquals(
                    "jbang: '" + typed[0] + "' is not a command" + typed[1] + " (" + launcher() + " help lists all)\n",
                    run.err());
            assertEquals("", run.out());
        }
    }

    @Test
    void what_jbang_may_know_goes_to_jbang() throws IOException {
        withoutJBang();
        write("other.java", "class other { }\n");
        write("elsewhere/jbang-catalog.json", "{\"aliases\": {\"theirs\": {\"script-ref\": \"x.java\"}}}");
        for (String[] words :
                new String[][] {{"version"}, {"app", "list"}, {"other.java"}, {"a@b/c"}, {"--verbose", "version"}}) {
            assertEquals(NO_JBANG, start(project, words).exitCode(Toolkit.LIMIT), String.join(" ", words));
        }
        assertEquals(NO_JBANG, start(project.resolve("elsewhere"), "theirs").exitCode(Toolkit.LIMIT));
    }

    @Test
    void the_launcher_for_windows_has_the_same_words() throws IOException {
        String unix = Files.readString(Project.root().resolve("jbang"));
        String windows = Files.readString(Project.root().resolve("jbang.cmd"));
        for (String words : List.of(
                "Finds out why Socket.IO events don't arrive: which hop, which cause, what to do.",
                "COMMAND [OPTIONS]",
                "run-all http://localhost:3000",
                "COMMAND --help lists the options of a command.",
                "All other words go to JBang: ",
                "is not a command")) {
            assertTrue(unix.contains(words) && windows.contains(words), words);
        }
        for (String command : List.of(
                "run",
                "build",
                "init",
                "edit",
                "cache",
                "export",
                "jdk",
                "config",
                "trust",
                "alias",
                "template",
                "catalog",
                "app",
                "completion",
                "info",
                "version",
                "wrapper",
                "deps")) {
            assertTrue(Pattern.compile("[( ]" + command + "[ )]").matcher(unix).find(), command);
            assertTrue(
                    Pattern.compile("[( ]" + command + "[ )]").matcher(windows).find(), command);
        }
    }

    private String launcher() {
        return project.resolve("jbang").toString();
    }

    @Test
    void two_first_builds_at_once_are_safe() {
        List<Child> both = List.of(start(project, "print"), start(project, "print"), start(folder, "print"));
        for (Child run : both) {
            assertEquals(0, run.exitCode(Toolkit.LIMIT), run.err());
            assertEquals("one\n", run.out());
        }
        assertEquals(0, kept("build.lock"));
    }

    @Test
    void whoever_was_killed_while_building_holds_nobody_up() throws IOException {
        Path home = Files.createDirectories(Path.of(environment.get("JBANG_DIR"), "socketio-diagnostics"));
        Files.createSymbolicLink(home.resolve("build.lock"), Path.of(Long.toString(endedProcess())));
        assertEquals("one\n", output(project));
        assertEquals(0, kept("build.lock"));
    }

    @Test
    void looks_at_every_file_that_a_script_of_this_project_is_made_of() throws IOException {
        List<String> looksAt =
                List.of(group("find -L (.*) jbang\\*", "jbang").get(0).split(" "));
        assertTrue(looksAt.contains("lib"));
        for (String root : List.of("lib", "scripts")) {
            try (Stream<Path> all = Files.walk(Project.root().resolve(root))) {
                for (Path source : all.filter(Files::isRegularFile).toList()) {
                    for (String named :
                            group("(?m)^//(?:SOURCES|FILES|DEPS) (?:\\S+=)?(\\.{0,2}/?[^\\s:]+)$", source.toString())) {
                        Path file = Project.root()
                                .relativize(source.resolveSibling(named).normalize());
                        assertTrue(looksAt.stream().anyMatch(file::startsWith), source + " is made of " + file);
                    }
                }
            }
        }
    }

    /** What the first group of the expression holds, wherever it matches in the file. */
    private static List<String> group(String expression, String file) throws IOException {
        return Pattern.compile(expression)
                .matcher(Files.readString(Project.root().resolve(file)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void ends_with_what_the_compiler_says() throws IOException {
        write("lib/Word.java", "class Word { broken }\n");
        Child run = start(project, "print");
        assertEquals(1, run.exitCode(Toolkit.LIMIT));
        assertTrue(run.err().contains("Word.java"), run.err());
        assertEquals("", run.out());
        assertEquals(0, kept("build.lock"));
    }

    /** Starts it as often as it takes to have an archive. */
    private void archive() {
        for (int start = 0; start < 3; start++) {
            output(project);
            awaitArchiving();
        }
    }

    /** Until no process works in the folder any more: what is archived is archived beside the program. */
    private void awaitArchiving() {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .forEach(process -> process.onExit().join());
    }

    private long endedProcess() throws IOException {
        Process ended = new ProcessBuilder("true").start();
        ended.onExit().join();
        return ended.pid();
    }

    private void assertNeedsJBang() {
        Map<String, String> before = Map.copyOf(environment);
        withoutJBang();
        Child run = start(project, "print");
        assertEquals(NO_JBANG, run.exitCode(Toolkit.LIMIT), run.out() + run.err());
        environment.clear();
        environment.putAll(before);
    }

    private void withoutJBang() {
        environment.put("PATH", project.resolve("no-jbang") + ":" + System.getenv("PATH"));
    }

    private String output(Path from) {
        return output(from, project.resolve("jbang"));
    }

    private String output(Path from, Path launcher) {
        Child run = start(from, launcher, "print");
        assertEquals(0, run.exitCode(Toolkit.LIMIT), run.err());
        assertFalse(run.out().contains("jbang"), run.out());
        return run.out();
    }

    private Child start(Path from, String... words) {
        return start(from, project.resolve("jbang"), words);
    }

    private Child start(Path from, Path launcher, String... words) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        Child child = Child.start(from, environment, command);
        children.add(child);
        return child;
    }

    private void word(String text) throws IOException {
        write("lib/Word.java", "class Word { static final String TEXT = \"" + text + "\"; }\n");
    }

    private Path write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private int kept(String name) {
        return files(name).size();
    }

    private List<Path> files(String name) {
        try (Stream<Path> all = Files.walk(Path.of(environment.get("JBANG_DIR")))) {
            return all.filter(file -> file.endsWith(name)).toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
