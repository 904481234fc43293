package siodiag.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import siodiag.core.Source;
import siodiag.protocol.Credentials;

/** What is expected of a target, and who promised it. */
class ExpectationsTest {
    private static final Credentials TOKEN = Credentials.token("secret", Source.stated("--token"));
    private static final Credentials NAME =
            new Credentials("{\"username\":\"ann\"}", Map.of(), Map.of(), null, Source.stated("--auth"));
    private static final Application CLAUDE_MPM = Application.claudeMpm("6.5.83", true);

    @Test
    void of_an_unknown_server_only_the_default_namespace_is_expected() {
        Expectations expected = Expectations.of(Stated.NOTHING, Credentials.NONE, null);
        assertEquals(new Expected<>(List.of("/"), Source.PROTOCOL), expected.namespaces());
        assertFalse(expected.arePromised());
        assertEquals(Optional.empty(), expected.flow());
        assertNull(expected.authentication());
    }

    @Test
    void a_recognised_application_promises_what_it_has() {
        Expectations expected = Expectations.of(Stated.NOTHING, Credentials.NONE, CLAUDE_MPM);
        assertEquals(List.of("/"), expected.namespaces().value());
        assertEquals(
                "claude-mpm 6.5.83, by GET /health",
                expected.namespaces().source().title());
        assertEquals(2, expected.flows().value().size());
        assertNull(expected.authentication());

        Application suite = Application.firstSuite(List.of("/hook", "/log"));
        assertEquals(
                Source.Kind.RECOGNISED,
                Expectations.of(Stated.NOTHING, Credentials.NONE, suite)
                        .authentication()
                        .kind());
    }

    @Test
    void what_was_stated_comes_before_what_was_recognised() {
        Stated stated = new Stated(List.of("/chat"), Flows.ECHO, "--flow", Set.of());
        Expectations expected = Expectations.of(stated, TOKEN, CLAUDE_MPM);
        assertEquals(new Expected<>(List.of("/chat"), Source.stated("--namespaces")), expected.namespaces());
        assertEquals(new Expected<>(List.of(Flows.ECHO), Source.stated("--flow")), expected.flows());
        assertEquals(Source.stated("--token"), expected.authentication());
        assertEquals("claude-mpm", expected.application().name());
    }

    @Test
    void a_flow_brings_its_namespaces() {
        Expectations expected =
                Expectations.of(new Stated(null, Flows.CLAUDE_MPM, "--flow", Set.of()), Credentials.NONE, null);
        assertEquals(new Expected<>(List.of("/"), Source.stated("--flow")), expected.namespaces());
        assertTrue(expected.arePromised());
    }

    @Test
    void a_users_name_promises_no_authentication() {
        assertNull(Expectations.of(Stated.NOTHING, NAME, null).authentication());
    }
}
