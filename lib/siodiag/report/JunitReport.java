package siodiag.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import siodiag.finding.Finding;
import siodiag.finding.Status;

/** The checks as JUnit XML: a failed check is a failure of its cause, a skipped one says what it needs. */
public final class JunitReport {
    private JunitReport() {}

    public static String render(Result result) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", result.tool());
            int unfinished = result.interrupted() ? 1 : 0;
            xml.writeAttribute("tests", String.valueOf(result.checks().size() + unfinished));
            xml.writeAttribute("failures", String.valueOf(count(result.checks(), Status.FAIL)));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", String.valueOf(count(result.checks(), Status.SKIP) + unfinished));
            xml.writeAttribute("time", seconds(result.duration().toNanos() / 1e6));
            xml.writeAttribute("timestamp", result.startedAt().toString());
            for (Result.Check check : result.checks()) {
                testCase(xml, result, check);
            }
            if (result.interrupted()) {
                interruption(xml, result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text + "\n";
    }

    private static void testCase(XMLStreamWriter xml, Result result, Result.Check check) throws XMLStreamException {
        Finding finding = check.finding();
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.tool() + "." + finding.hop().label());
        xml.writeAttribute("name", finding.id());
        xml.writeAttribute("time", seconds(finding.durationMs()));
        if (finding.status() == Status.FAIL) {
            xml.writeStartElement("failure");
            xml.writeAttribute("type", check.cause().id());
            xml.writeAttribute("message", finding.detail());
            xml.writeCharacters(String.join("\n", finding.evidence()));
            xml.writeEndElement();
        } else if (finding.status() == Status.SKIP) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", finding.detail());
        } else if (finding.status() == Status.WARN || finding.status() == Status.INFO) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(finding.status().label() + ": " + finding.detail());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void interruption(XMLStreamWriter xml, Result result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.tool());
        xml.writeAttribute("name", "interrupted");
        xml.writeAttribute("time", "0");
        xml.writeEmptyElement("skipped");
        xml.writeAttribute("message", "interrupted before " + Result.labels(result.unreached()));
        xml.writeEndElement();
    }

    private static long count(List<Result.Check> checks, Status status) {
        return checks.stream()
                .filter(check -> check.finding().status() == status)
                .count();
    }

    private static String seconds(double milliseconds) {
        return String.format(Locale.ROOT, "%.4f", milliseconds / 1000);
    }
}
