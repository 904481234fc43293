package siodiag.probe.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Parser;
import siodiag.protocol.SessionEnd;

/** Which answers prove another parser, and which prove nothing. */
class ParserJudgeTest {
    private static final ConnectResult REFUSED = new ConnectResult.ConnectError("{\"message\":\"Invalid namespace\"}");
    private static final ConnectResult SILENT = new ConnectResult.TimedOut();
    private static final ConnectResult ENDED = closed("WebSocket close frame without a code (1005)");
    private static final ConnectResult ENDED_POLLING = closed("server sent an Engine.IO close packet");
    private static final ConnectResult BROKEN = closed("connection closed without a close frame (1006)");

    @Test
    void an_answer_in_another_parser_names_it_and_is_a_warning() {
        for (ConnectResult asked : List.of(SILENT, ENDED, BROKEN)) {
            ParserJudge judge = judge(asked, REFUSED, null, false);
            assertEquals(Optional.of(Parser.MSGPACK), judge.spoken());
            Finding finding = judge.finding().orElseThrow();
            assertEquals(Status.WARN, finding.status());
            assertEquals("MessagePack", finding.subject());
        }
    }

    @Test
    void against_what_was_stated_it_is_an_error() {
        ParserJudge judge = new ParserJudge(Parser.MSGPACK, true, SILENT, Map.of(Parser.DEFAULT, REFUSED), null, false);
        assertEquals(Optional.of(Parser.DEFAULT), judge.spoken());
        assertEquals(Status.FAIL, judge.finding().orElseThrow().status());
    }

    @Test
    void an_answer_in_the_expected_parser_settles_it() {
        ParserJudge judge = judge(REFUSED, REFUSED, null, false);
        assertEquals(Optional.empty(), judge.spoken());
        assertEquals(Optional.empty(), judge.finding());
    }

    @Test
    void packets_of_json_objects_are_named_and_not_spoken() {
        ParserJudge judge = judge(ENDED, ENDED, REFUSED, true);
        assertEquals(Optional.empty(), judge.spoken());
        Finding finding = judge.finding().orElseThrow();
        assertEquals(Status.FAIL, finding.status());
        assertTrue(finding.subject().contains("JSON objects"), finding.subject());
    }

    @Test
    void a_server_that_ends_every_session_at_its_first_packet_has_a_parser_of_its_own() {
        assertEquals(
                Status.FAIL,
                judge(ENDED, ENDED, ENDED, true).finding().orElseThrow().status());
        assertEquals(
                Status.FAIL,
                judge(ENDED_POLLING, ENDED_POLLING, ENDED_POLLING, true)
                        .finding()
                        .orElseThrow()
                        .status());
    }

    @Test
    void what_may_be_something_else_is_no_finding() {
        assertEquals(Optional.empty(), judge(SILENT, SILENT, SILENT, true).finding(), "a server that hangs");
        assertEquals(Optional.empty(), judge(BROKEN, BROKEN, BROKEN, true).finding(), "a connection that breaks");
        assertEquals(Optional.empty(), judge(ENDED, ENDED, ENDED, false).finding(), "sessions that end by themselves");
        assertEquals(Optional.empty(), judge(ENDED, SILENT, ENDED, true).finding(), "one packet is only ignored");
    }

    private static ParserJudge judge(
            ConnectResult asked, ConnectResult messagePack, ConnectResult json, boolean stays) {
        return new ParserJudge(Parser.DEFAULT, false, asked, Map.of(Parser.MSGPACK, messagePack), json, stays);
    }

    private static ConnectResult closed(String how) {
        return new ConnectResult.SessionClosed(new SessionEnd(true, how, "40", 3, false));
    }
}
