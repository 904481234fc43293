package siodiag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogue of causes against what is promised to scripts: names, hops and severities. */
class CauseCatalogueTest {
    private static final String PROMISED = """
            port-in-use startup error
            handlers-missing startup error
            host-unresolved resolve error
            connection-refused tcp error
            connect-timeout tcp error
            connection-reset tcp error
            no-response http error
            not-http http error
            http-error http error
            redirected http error
            tls-on-plain-port tls error
            plain-on-tls-port tls error
            certificate-untrusted tls error
            certificate-expired tls error
            certificate-host-mismatch tls error
            not-socketio engine error
            plain-websocket engine error
            wrong-path engine error
            engine-version-mismatch engine error
            handshake-invalid engine error
            handshake-forbidden engine error
            handshake-timeout engine error
            origin-rejected engine error
            websocket-blocked transport warning
            polling-disabled transport warning
            sticky-session-missing transport error
            namespace-unknown namespace error
            namespace-silent namespace error
            token-rejected auth error
            connect-rejected auth error
            auth-not-enforced auth warning
            handler-missing event error
            payload-limit event warning
            not-relayed relay error
            room-not-joined relay error
            sender-only relay error
            wrong-namespace relay error
            wrong-event relay error
            events-lost relay error
            events-duplicated relay warning
            events-reordered relay warning
            payload-altered relay warning
            slow-relay relay warning
            ingest-missing event error
            ingest-failed event error
            session-dropped session error
            heartbeat-missed session warning
            reconnect-failed session error
            cross-node-not-relayed cluster error""";

    @Test
    void the_catalogue_is_what_was_promised() {
        Set<String> catalogue = Arrays.stream(Cause.values()).filter(cause -> cause != Cause.UNEXPLAINED)
                .map(cause -> cause.id() + " " + cause.hop().label() + " " + cause.severity().label())
                .collect(Collectors.toSet());
        assertEquals(PROMISED.lines().collect(Collectors.toSet()), catalogue);
    }

    @Test
    void every_cause_that_a_probe_can_meet_has_one_rule() {
        for (Cause cause : EnumSet.complementOf(EnumSet.of(Cause.UNEXPLAINED, Cause.PORT_IN_USE, Cause.HANDLERS_MISSING))) {
            assertEquals(1, Rules.ALL.stream().filter(rule -> rule.cause() == cause).count(), cause.id());
        }
    }

    @Test
    void every_cause_says_what_it_means_and_what_to_do_for_each_family() {
        for (Cause cause : Cause.values()) {
            assertFalse(cause.summary("").contains("{}"), cause.id());
            for (Family family : Family.values()) {
                assertTrue(cause.fix(family).length() > 30, cause.id());
            }
        }
    }
}
