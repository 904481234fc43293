package siodiag.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import siodiag.catalogue.Advice;
import siodiag.catalogue.Catalogue;
import siodiag.catalogue.Cause;
import siodiag.catalogue.CauseEntry.Alternative;
import siodiag.catalogue.CauseEntry.Refinement;
import siodiag.catalogue.CauseEntry;
import siodiag.core.Json;
import siodiag.harness.Project;
import siodiag.protocol.ServerFamily;

/** The catalogue of causes: what is promised to scripts (names, hops, severities), and that its texts are complete. */
class CauseCatalogueTest {
    private static final Pattern OPTION = Pattern.compile("(?<= )--[a-z-]+");
    /** Turns of phrase that crept in before and that no native speaker uses. */
    private static final Pattern DIALECT = Pattern.compile(
            "\\bis no \\w+|\\blet in\\b|\\bput out\\b|time-out|\\bas it comes\\b|\\btells? what\\b|does not come to an end|for ever\\b");

    private static final String PROMISED =
            """
            port-in-use startup error
            handlers-missing startup error
            host-unresolved resolve error
            port-mismatch tcp error
            connection-refused tcp error
            connect-timeout tcp error
            connection-reset tcp error
            no-response http error
            not-http http error
            http-error http error
            http2-only http error
            rate-limited http error
            redirected http error
            tls-on-plain-port tls error
            plain-on-tls-port tls error
            certificate-untrusted tls error
            certificate-expired tls error
            certificate-host-mismatch tls error
            client-certificate-required tls error
            handshake-cached engine error
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
            upgrade-slow transport warning
            sticky-session-missing transport error
            parser-mismatch namespace error
            namespace-unknown namespace error
            namespace-silent namespace error
            token-rejected auth error
            connect-rejected auth error
            auth-payload-unanswered auth error
            auth-by-event auth error
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
            server-crashed session error
            event-loop-blocked session error
            connections-exhausted session error
            recovery-failed session warning
            session-dropped session error
            heartbeat-missed session warning
            reconnect-failed session error
            cross-node-not-relayed cluster error""";

    @Test
    void the_catalogue_is_what_was_promised() {
        Set<String> catalogue = Arrays.stream(Cause.values())
                .filter(cause -> cause != Cause.UNEXPLAINED)
                .map(cause -> cause.id() + " " + cause.hop().label() + " "
                        + cause.severity().label())
                .collect(Collectors.toSet());
        assertEquals(PROMISED.lines().collect(Collectors.toSet()), catalogue);
    }

    @Test
    void every_cause_that_a_probe_can_meet_has_one_rule() {
        for (Cause cause :
                EnumSet.complementOf(EnumSet.of(Cause.UNEXPLAINED, Cause.PORT_IN_USE, Cause.HANDLERS_MISSING))) {
            assertEquals(
                    1, Rules.ALL.stream().filter(rule -> rule.cause() == cause).count(), cause.id());
        }
    }

    @Test
    void the_names_and_the_file_are_the_same_in_the_same_order() {
        assertEquals(
                Arrays.stream(Cause.values()).map(Cause::id).toList(),
                List.copyOf(Catalogue.entries().keySet()));
        assertEquals(
                Arrays.stream(Advice.values()).map(Advice::id).sorted().toList(),
                Catalogue.entries().values().stream()
                        .flatMap(entry -> entry.refinements().keySet().stream())
                        .sorted()
                        .toList());
    }

    @Test
    void the_file_has_no_field_that_nobody_reads() {
        Set<String> known = Set.of(
                "id",
                "hop",
                "severity",
                "severityNote",
                "page",
                "summary",
                "meaning",
                "fix",
                "option",
                "fixes",
                "also",
                "command",
                "advice");
        Json.resource(Catalogue.FILE).path("causes").forEach(json -> json.fieldNames()
                .forEachRemaining(name ->
                        assertTrue(known.contains(name), () -> json.path("id").asText() + " has " + name)));
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void every_cause_says_what_it_means_what_to_do_and_which_command_tells(Cause cause) {
        CauseEntry entry = cause.entry();
        assertTrue(entry.summary().contains("{}"), entry.summary());
        assertTrue(Set.of("named", "grouped", "no").contains(entry.page()), entry.page());
        assertTrue(entry.meaning().matches("[A-Z].{20,200}\\."), entry.meaning());
        assertTrue(entry.fix().length() > 30, entry.fix());
        assertEquals(cause == Cause.UNEXPLAINED, entry.also().isEmpty(), "also");
        assertFalse(entry.command().isBlank(), "command");
        texts(entry).forEach(text -> assertTrue(text.endsWith("."), text));
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void every_text_is_plain_english(Cause cause) {
        texts(cause.entry()).forEach(text -> assertFalse(DIALECT.matcher(text).find(), text));
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void every_command_of_this_toolkit_exists_with_its_options(Cause cause) throws IOException {
        CauseEntry entry = cause.entry();
        for (String command : Stream.concat(
                        Stream.of(entry.command()), entry.also().stream().map(Alternative::command))
                .filter(command -> command.startsWith("./jbang "))
                .toList()) {
            String declared = options(command.split(" ")[1]);
            for (Matcher option = OPTION.matcher(command); option.find(); ) {
                assertTrue(declared.contains('"' + option.group() + '"'), command);
            }
        }
    }

    /** The sources that declare the alias's options: its script, and the mixins. */
    private static String options(String alias) throws IOException {
        JsonNode script = new ObjectMapper()
                .readTree(Project.root().resolve("jbang-catalog.json").toFile())
                .at("/aliases/" + alias + "/script-ref");
        assertFalse(script.isMissingNode(), "no alias " + alias);
        StringBuilder declared =
                new StringBuilder(Files.readString(Project.root().resolve(script.asText())));
        for (String folder : List.of("command", "ask")) {
            try (Stream<Path> files =
                    Files.list(Project.root().resolve("lib/siodiag").resolve(folder))) {
                for (Path file : files.toList()) {
                    declared.append(Files.readString(file));
                }
            }
        }
        return declared.toString();
    }

    @Test
    void a_fix_is_that_of_the_family_and_of_what_stands_in_front() {
        String node = Cause.WEBSOCKET_BLOCKED.fix(ServerFamily.NODE);
        assertTrue(node.contains("nginx: ") && node.contains("Node: ") && !node.contains("Python: "), node);
        String unknown = Cause.WEBSOCKET_BLOCKED.fix(ServerFamily.UNKNOWN);
        assertTrue(unknown.contains("Node: ") && unknown.contains("Python: ") && unknown.contains("Java: "), unknown);
    }

    private static List<String> texts(CauseEntry entry) {
        return Stream.of(
                        Stream.of(entry.summary(), entry.meaning(), entry.fix()),
                        Stream.of(entry.option()).filter(text -> !text.isEmpty()),
                        entry.fixes().values().stream(),
                        entry.refinements().values().stream().map(Refinement::fix))
                .flatMap(Function.identity())
                .toList();
    }
}
