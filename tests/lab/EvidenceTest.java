package siodiag.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the cause alone says little: the evidence names what was seen. */
class EvidenceTest {

    @ParameterizedTest(name = "{0} {1}: {2}, {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            node4 relay=volatile | --timeout 5 | events-lost | one by one all 3 arrive
            python transports=polling namespaces=/hook,/system | --timeout 5 | events-lost | max_decode_packets
            netty relay=bytes namespaces=/ auth=open | --namespaces / --flow echo | events-lost | binary events without content
            node4 handlers=2500 | --timeout 5 | handler-missing | sent again
            node4 deaf=all ack=no | --timeout 5 | handler-missing | a room that no observer is in
            """)
    void the_evidence_of_a_cause_names_what_was_seen(String server, String arguments, String cause, String seen) {
        try (Deployment deployment = Deployment.of(server)) {
            Doctor doctor = Doctor.examine("evidence-" + cause, arguments, deployment);
            assertTrue(
                    StreamSupport.stream(doctor.result().path("diagnoses").spliterator(), false)
                            .filter(diagnosis ->
                                    diagnosis.path("cause").asText().equals(cause))
                            .flatMap(diagnosis -> StreamSupport.stream(
                                    diagnosis.path("evidence").spliterator(), false))
                            .map(JsonNode::asText)
                            .anyMatch(evidence -> evidence.contains(seen)),
                    () -> doctor.result().toPrettyString());
        }
    }
}
