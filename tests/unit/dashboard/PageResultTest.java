package siodiag.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import siodiag.catalogue.Cause;
import siodiag.core.Json;
import siodiag.core.Source;
import siodiag.core.UsageException;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Verdict;
import siodiag.finding.Finding;
import siodiag.protocol.Credentials;
import siodiag.report.JsonReport;
import siodiag.report.Result;
import siodiag.target.Application;
import siodiag.target.Flow;
import siodiag.target.FlowFile;
import siodiag.target.Flows;
import siodiag.target.Stated;
import siodiag.target.Target;

/** What the page sends, as a result; and what was stated, as the page gets it. */
class PageResultTest {
    private static final Target TARGET =
            Target.at(URI.create("http://localhost:3000"), "/socket.io", Duration.ofSeconds(4));
    private static final Source STATED = Source.stated("--auth");
    private static final String CHECK = "{'id':'http.reachable','hop':'http','status':'pass','detail':'answers'}";

    @Test
    void hops_that_nobody_promised_anything_of_are_not_tested_and_lower_nothing() {
        Result result = read(
                        "{'checks':[" + CHECK
                                + ",{'id':'event.first','hop':'event','status':'skip','detail':'no event was "
                                + "stated'}],'notTested':[{'hop':'event','why':'nobody stated it'}],'application':null}",
                        TARGET)
                .result();
        assertEquals(Verdict.HEALTHY, result.verdict());
        assertEquals(
                List.of("nobody stated it"),
                result.notTested().stream().map(Finding::detail).toList());
        assertNull(result.target().expectations().application());
    }

    @Test
    void the_recognised_application_is_the_targets() {
        Result result = read(
                        "{'checks':[" + CHECK + "],'application':{'name':'claude-mpm','version':'6.5.83','by':"
                                + "'GET /health','namespaces':['/']}}",
                        TARGET)
                .result();
        assertEquals(
                Application.claudeMpm("6.5.83", false),
                result.target().expectations().application());
        assertNull(result.target().token());
    }

    @Test
    void a_server_that_the_page_cannot_test_gets_no_verdict() {
        assertEquals(
                "hidden by CORS",
                read("{'checks':[" + CHECK + "],'cannotRun':'hidden by CORS'}", TARGET)
                        .limit());
        assertTrue(read("{'checks':[" + CHECK + "]}", TARGET).limit().isEmpty());
    }

    @Test
    void ignored_causes_are_told_last_and_are_no_part_of_the_verdict() {
        Target ignoring = new Target(
                TARGET.url(),
                TARGET.path(),
                Credentials.NONE,
                new Stated(null, null, "", Set.of(Cause.TOKEN_REJECTED)),
                TARGET.expectations(),
                null,
                null,
                List.of(),
                TARGET.timings(),
                Duration.ZERO,
                false,
                null);
        Result result = read(
                        "{'checks':[" + CHECK + "],'diagnoses':[" + diagnosis("token-rejected", "auth", "error") + ","
                                + diagnosis("websocket-blocked", "transport", "warning") + "]}",
                        ignoring)
                .result();
        assertEquals(Verdict.DEGRADED, result.verdict());
        assertEquals(
                List.of(Cause.WEBSOCKET_BLOCKED, Cause.TOKEN_REJECTED),
                result.diagnoses().stream().map(Diagnosis::cause).toList());
    }

    @Test
    void secrets_are_redacted() {
        PageResult read = read(
                "{'checks':[{'id':'auth.token','hop':'auth','status':'pass','detail':'s3cret-of-mine'}]}",
                with(Map.of("access_token", "s3cret-of-mine")));
        assertFalse(JsonReport.render(read.result()).contains("s3cret"));
    }

    @Test
    void what_the_page_does_not_send_is_refused() {
        for (String text : List.of(
                "{}",
                "{'checks':[]}",
                "{'checks':[{'id':'x','hop':'nowhere','status':'pass'}]}",
                "{'checks':[" + CHECK + "],'diagnoses':[" + diagnosis("made-up", "auth", "error") + "]}")) {
            assertThrows(UsageException.class, () -> read(text, TARGET), text);
        }
    }

    @Test
    void only_what_was_stated_stands_in_the_address_and_no_credentials() {
        assertEquals("?url=http://localhost:3000&path=/socket.io&timeout=4.0&ask=result", PageAddress.query(TARGET));
        assertEquals(
                "?url=http://localhost:3000&path=/socket.io&timeout=4.0&ask=credentials,result",
                PageAddress.query(with(Map.of("access_token", "s3cret-of-mine"))));
        assertEquals(
                "{\"token\":\"\",\"auth\":\"{\\\"user\\\":\\\"ada\\\"}\",\"query\":\"access_token=s3cret\\nroom=1\"}",
                PageAddress.credentials(new Credentials(
                        "{\"user\":\"ada\"}",
                        Map.of(),
                        new java.util.TreeMap<>(Map.of("access_token", "s3cret", "room", "1")),
                        null,
                        STATED)));
        assertEquals(
                "{\"token\":\"T\",\"auth\":\"\",\"query\":\"\"}",
                PageAddress.credentials(Credentials.token("T", STATED)));
    }

    @Test
    void a_flow_of_one_event_stands_in_the_address_and_others_are_refused() {
        assertEquals(
                "?url=http://localhost:3000&path=/socket.io&timeout=4.0&namespaces=/&send=chat+message&data=%5B%22hello+%7Bmark%7D%22%5D"
                        + "&expect=chat+message&ask=result",
                PageAddress.query(with(sent("chat message", "\"hello {mark}\"", "chat message", "/"))));
        assertTrue(PageAddress.query(with(sent("sum", "2", "ack", "/numbers")))
                .contains("namespaces=/numbers&send=sum&data=%5B2%5D&expect=ack"));
        assertTrue(PageAddress.query(with(Flows.CLAUDE_MPM_HTTP)).contains("flow=claude-mpm-http"));
        Flow joins = FlowFile.parse(
                "{'send':[{'event':'a','data':{}}],'receive':{'event':'b'},'join':{'event':'enter'}}"
                        .replace('\'', '"'),
                "file",
                "/");
        assertTrue(assertThrows(UsageException.class, () -> PageAddress.query(with(joins)))
                .getMessage()
                .contains("e2e accepts any"));
    }

    private static Flow sent(String event, String data, String expect, String home) {
        return Flows.stated(event, List.of(data), expect, home);
    }

    private static Target with(Flow flow) {
        return new Target(
                TARGET.url(),
                TARGET.path(),
                Credentials.NONE,
                new Stated(null, flow, "--send", Set.of()),
                TARGET.expectations(),
                null,
                null,
                List.of(),
                TARGET.timings(),
                Duration.ZERO,
                false,
                null);
    }

    @Test
    void headers_are_refused_as_a_page_cannot_send_them() {
        Target target = TARGET.with(new Credentials("", Map.of("Cookie", "a=b"), Map.of(), null, STATED));
        assertTrue(assertThrows(UsageException.class, () -> PageAddress.query(target))
                .getMessage()
                .contains("--header"));
    }

    private static Target with(Map<String, String> query) {
        return TARGET.with(new Credentials("", Map.of(), query, null, STATED));
    }

    private static String diagnosis(String cause, String hop, String severity) {
        return "{'cause':'" + cause + "','hop':'" + hop + "','severity':'" + severity
                + "','summary':'s','evidence':[],'fix':'f'}";
    }

    private static PageResult read(String json, Target target) {
        return PageResult.of(Json.parse(json.replace('\'', '"')), target);
    }
}
