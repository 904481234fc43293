package siodiag.triage;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import siodiag.core.Text;

/** Reads JUnit XML as a stream: of a report of any size, one test case at a time is in memory, and that only in part. */
final class JunitReader {
    /** An attribute longer than this is refused: it can't be read in pieces. */
    static final int MAX_ATTRIBUTE = 32 * 1024 * 1024;

    private static final XMLInputFactory XML = factory();

    private final Path file;
    private final Consumer<TestCase> cases;
    private String suite = "";
    private String schema = "";
    private String suiteFile = "";
    private String className = "";
    private String name = "";
    private String caseFile = "";

    private JunitReader(Path file, Consumer<TestCase> cases) {
        this.file = file;
        this.cases = cases;
    }

    /** Whether the file can be read to its end, and why not. */
    sealed interface Outcome {
        /** @param tests how many test cases it holds, passed ones included */
        record Read(long tests) implements Outcome {}

        /** Well-formed as far as it goes, and something other than a test report. */
        record NoReport(String root) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    /** Hands every failed test case on as it is met; whatever is wrong with the file comes back as a sentence. */
    static Outcome read(Path file, Consumer<TestCase> cases) {
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) == 0) {
                return new Outcome.Refused("it is empty");
            }
            return new JunitReader(file, cases).read(XML.createXMLStreamReader(in));
        } catch (XMLStreamException e) {
            return new Outcome.Refused("not well-formed XML: " + Text.cut(sentence(e), 200));
        } catch (IOException | RuntimeException e) {
            return new Outcome.Refused("it can't be read: " + Text.cut(String.valueOf(e.getMessage()), 200));
        }
    }

    private Outcome read(XMLStreamReader xml) throws XMLStreamException {
        long tests = 0;
        boolean report = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                return new Outcome.Refused("it has a document type declaration, which test reports never need");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                String element = xml.getLocalName();
                if (!report && !element.equals("testsuites") && !element.equals("testsuite")) {
                    return new Outcome.NoReport(element);
                }
                report = true;
                tests += element.equals("testcase") ? 1 : 0;
                start(xml, element);
            }
        }
        return new Outcome.Read(tests);
    }

    private void start(XMLStreamReader xml, String element) throws XMLStreamException {
        switch (element) {
            case "testsuite" -> {
                suite = attribute(xml, "name");
                suiteFile = attribute(xml, "file");
                schema = attribute(xml, "noNamespaceSchemaLocation");
            }
            case "testcase" -> {
                className = attribute(xml, "classname");
                name = attribute(xml, "name");
                caseFile = attribute(xml, "file");
            }
            case "failure", "error" -> {
                String type = attribute(xml, "type");
                String message = attribute(xml, "message");
                cases.accept(new TestCase(
                        file.toString().replace('\\', '/'),
                        suite,
                        schema,
                        className,
                        name,
                        caseFile.isEmpty() ? suiteFile : caseFile,
                        type,
                        message,
                        text(xml)));
            }
            default -> {}
        }
    }

    private static String attribute(XMLStreamReader xml, String wanted) {
        for (int index = 0; index < xml.getAttributeCount(); index++) {
            if (xml.getAttributeLocalName(index).equals(wanted)) {
                return Clip.clip(xml.getAttributeValue(index));
            }
        }
        return "";
    }

    /** The text up to the element's end, which may come in any number of pieces. */
    private static String text(XMLStreamReader xml) throws XMLStreamException {
        Clip clip = new Clip();
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    clip.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                default -> {}
            }
        }
        return clip.toString();
    }

    private static String sentence(XMLStreamException e) {
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return e.getLocation() == null
                ? first
                : first + " (line " + e.getLocation().getLineNumber() + ")";
    }

    /** Woodstox: the JDK's own reader takes attributes of any length, prints errors by itself and is two to five times slower. */
    private static XMLInputFactory factory() {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(
                XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true); // one that is not built in is an error
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false); // or errors come late, as unchecked exceptions
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE);
        return factory;
    }
}
