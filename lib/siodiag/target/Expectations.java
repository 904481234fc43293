package siodiag.target;

import java.util.List;
import java.util.Optional;
import siodiag.core.Source;
import siodiag.protocol.Credentials;

/**
 * What is expected of a target, each with who promised it. Nothing is called broken that nobody promised.
 *
 * @param application    what the server was recognised as; null for nothing
 * @param namespaces     those under test
 * @param flows          what becomes of an event: at least one of these holds; none where nobody promised any
 * @param authentication who promised that clients without the right credentials are refused; null: nobody
 */
public record Expectations(
        Application application, Expected<List<String>> namespaces, Expected<List<Flow>> flows, Source authentication) {

    /** Stated comes before recognised, and recognised before the protocol's own. */
    public static Expectations of(Stated stated, Credentials credentials, Application application) {
        return new Expectations(
                application,
                namespaces(stated, application),
                flows(stated, application),
                credentials.isStated() && credentials.hasSecrets()
                        ? credentials.source()
                        : application != null && application.hasToken() ? application.source() : null);
    }

    /** The one flow to test; nothing where nobody promised any. */
    Optional<Flow> flow() {
        return flows.value().stream().findFirst();
    }

    /** Whether a missing namespace is a fault: not where the default is all that speaks for it. */
    public boolean arePromised() {
        return namespaces.source().kind() != Source.Kind.PROTOCOL;
    }

    /** Only this flow. */
    Expectations with(Flow flow) {
        return new Expectations(application, namespaces, new Expected<>(List.of(flow), flows.source()), authentication);
    }

    Expectations withNamespaces(List<String> names) {
        return new Expectations(application, new Expected<>(names, namespaces.source()), flows, authentication);
    }

    private static Expected<List<String>> namespaces(Stated stated, Application application) {
        if (stated.namespaces() != null) {
            return new Expected<>(stated.namespaces(), Source.stated("--namespaces"));
        } else if (stated.flow() != null && !stated.flow().namespaces().isEmpty()) {
            return new Expected<>(stated.flow().namespaces(), Source.stated(stated.flowBy()));
        }
        return application == null
                ? new Expected<>(List.of("/"), Source.PROTOCOL)
                : new Expected<>(application.namespaces(), application.source());
    }

    private static Expected<List<Flow>> flows(Stated stated, Application application) {
        if (stated.flow() != null) {
            return new Expected<>(List.of(stated.flow()), Source.stated(stated.flowBy()));
        }
        return application == null
                ? new Expected<>(List.of(), Source.PROTOCOL)
                : new Expected<>(application.flows(), application.source());
    }
}
