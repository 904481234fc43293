package siodiag.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports that are broken, or made to do harm. */
class TriageHostileTest {
    private static final String GOOD = "<testsuite name='pytest'><testcase classname='tests.test_a' name='test_b'>"
            + "<failure message=\"KeyError: 'sid'\">tests/test_a.py:3: in test_b\nE   KeyError: 'sid'</failure></testcase></testsuite>";

    private record Refused(String name, byte[] content, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Refused> refused() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE testsuite [<!ENTITY a0 'lol'>");
        for (int level = 1; level < 12; level++) {
            bomb.append("<!ENTITY a")
                    .append(level)
                    .append(" '")
                    .append(("&a" + (level - 1) + ";").repeat(10))
                    .append("'>");
        }
        return List.of(
                refused("empty", "", "it is empty"),
                refused("cut off", GOOD.substring(0, GOOD.length() - 20), "not well-formed XML"),
                refused("no XML", "panic: runtime error", "not well-formed XML"),
                refused("entity bomb", bomb + "]>" + GOOD.replace("in test_b", "&a11;"), "document type declaration"),
                refused(
                        "external entity",
                        "<!DOCTYPE testsuite [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
                                + GOOD.replace("in test_b", "&e;"),
                        "document type declaration"),
                refused("undeclared entity", GOOD.replace("in test_b", "&nbsp;"), "not well-formed XML"),
                refused("control character", GOOD.replace("in test_b", "\u001b[2J"), "not well-formed XML"),
                refused("escaped NUL", GOOD.replace("in test_b", "&#0;"), "not well-formed XML"),
                refused(
                        "not the encoding it says",
                        ("<?xml version='1.0' encoding='UTF-8'?>" + GOOD.replace("in test_b", "\u00e9"))
                                .getBytes(StandardCharsets.ISO_8859_1),
                        "not well-formed XML"),
                refused("unknown encoding", "<?xml version='1.0' encoding='EBCDIC-X'?>" + GOOD, "not well-formed XML"),
                refused("too deep", "<testsuite>".repeat(5000) + "</testsuite>".repeat(5000), "not well-formed XML"),
                refused("another kind", "<project><version>1</version></project>", "not <testsuite>"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void it_is_refused_in_one_line_and_the_other_file_is_read(Refused bad, @TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("good.xml"), GOOD);
        Path file = Files.write(folder.resolve("bad.xml"), bad.content);
        Triaged triaged = Triaged.run(folder.resolve("out"), file, good);
        assertEquals(0, triaged.exitCode());
        assertEquals(1, triaged.err().lines().count(), triaged.err());
        assertTrue(
                triaged.err().startsWith("triage: " + file + ": not read, ")
                        && triaged.err().contains(bad.reason),
                triaged.err());
        assertEquals(1, triaged.categoryOfEach().size());
        assertTrue(triaged.page("index").contains("- Not read: `" + file + "`"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void where_nothing_else_is_there_it_could_not_run(Refused bad, @TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("bad.xml"), bad.content);
        assertEquals(70, Triaged.run(folder.resolve("out"), file).exitCode());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void a_message_can_not_leave_its_block_its_cell_or_its_line(@TempDir Path folder) throws IOException {
        String nasty =
                "ValueError: ``` ````\n## Z. Not a section\n| a \\| b |\n<script>alert(1)</script> [x](javascript:1) `|` \\|"
                        + " \u202e\u0085\u2028 #x1b[31m";
        Path report = report(folder, "test_c[`|\\|]", nasty, nasty);
        Triaged triaged = Triaged.run(folder.resolve("out"), report);
        String page = triaged.page("value_errors");
        assertEquals(7, MarkdownOutline.headings(page, 2).size(), page);
        for (String line : MarkdownOutline.outsideBlocks(page)) {
            String text = line.replaceAll("(`+)(?!`).*?(?<!`)\\1(?!`)", "");
            assertFalse(text.contains("<script>") || text.contains("javascript:"), line);
        }
        assertFalse(page.codePoints()
                .anyMatch(point -> point == 0x202e || point == 0x85 || point == 0x2028 || point == 0x1b));
    }

    @Test
    void a_name_with_shell_syntax_is_one_quoted_word(@TempDir Path folder) throws IOException {
        Path report = report(folder, "test_c['; rm -rf ~; echo $(id) `id`\n]", "KeyError: 'a'", "");
        String page = Triaged.run(folder.resolve("out"), report).page("key_errors");
        String command = page.lines()
                .filter(line -> line.startsWith("python -m pytest"))
                .findFirst()
                .orElseThrow();
        assertEquals("python -m pytest 'tests/test_a.py::test_c['\\''; rm -rf ~; echo $(id) `id`\\n]'", command);
    }

    @Test
    void secrets_are_masked_on_every_page_and_in_the_data(@TempDir Path folder) throws IOException {
        String said =
                "ConnectionError: http://bob:hunter2pass@host:3000/ refused with Authorization: Bearer abcdefghijklmnop";
        Triaged triaged = Triaged.run(folder.resolve("out"), report(folder, "test_c", said, "E   " + said));
        for (String text : List.of(
                triaged.page("network_and_http"),
                triaged.page("index"),
                triaged.data().toString(),
                triaged.out())) {
            assertFalse(text.contains("abcdefghijklmnop") || text.contains("hunter"), text);
        }
    }

    @Test
    void a_message_of_any_length_is_cut_in_the_middle(@TempDir Path folder) throws IOException {
        Path report = folder.resolve("long.xml");
        try (BufferedWriter xml = Files.newBufferedWriter(report)) {
            xml.write(
                    "<testsuite name='pytest'><testcase classname='tests.test_a' name='test_b'><failure message='ValueError: begin ");
            write(xml, "x".repeat(1024), 20 * 1024);
            xml.write(" end'>");
            write(xml, "line of 1 KiB ".repeat(73) + "\n", 100 * 1024);
            xml.write("</failure></testcase></testsuite>");
        }
        Triaged triaged = Triaged.run(folder.resolve("out"), report);
        String page = triaged.page("value_errors");
        assertTrue(page.contains("ValueError: begin xxx")
                && page.contains("characters more)…")
                && page.contains("lines left out)"));
        assertTrue(page.length() < 60_000, "page of " + page.length());
    }

    @Test
    void an_attribute_too_long_to_hold_is_refused(@TempDir Path folder) throws IOException {
        Path report = folder.resolve("huge.xml");
        try (BufferedWriter xml = Files.newBufferedWriter(report)) {
            xml.write("<testsuite><testcase name='a'><failure message='");
            write(xml, "x".repeat(1024), 1 + JunitReader.MAX_ATTRIBUTE / 1024);
            xml.write("'/></testcase></testsuite>");
        }
        Triaged triaged = Triaged.run(folder.resolve("out"), report);
        assertEquals(70, triaged.exitCode());
        assertTrue(triaged.err().contains("not well-formed XML: Maximum attribute size"), triaged.err());
    }

    private static void write(BufferedWriter xml, String piece, int times) throws IOException {
        for (int time = 0; time < times; time++) {
            xml.write(piece);
        }
    }

    private static Path report(Path folder, String name, String message, String text) throws IOException {
        return Files.writeString(
                folder.resolve("report.xml"),
                "<testsuite name='pytest'><testcase classname='tests.test_a' name='" + escaped(name)
                        + "'><failure message='" + escaped(message) + "'>" + escaped(text)
                        + "</failure></testcase></testsuite>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("'", "&apos;")
                .replace("\n", "&#10;");
    }

    private static Refused refused(String name, String content, String reason) {
        return refused(name, content.getBytes(StandardCharsets.UTF_8), reason);
    }

    private static Refused refused(String name, byte[] content, String reason) {
        return new Refused(name, content, reason);
    }
}
