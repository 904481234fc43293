package siodiag.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import siodiag.catalogue.Cause;
import siodiag.protocol.Credentials;

/**
 * What the user stated of the application.
 *
 * @param namespaces those of {@code --namespaces}; null for none
 * @param flow       that of {@code --flow}, or of {@code --send}; null for none
 * @param flowBy     the option that named the flow
 * @param ignored    causes that are reported and do not affect the verdict
 */
public record Stated(List<String> namespaces, Flow flow, String flowBy, Set<Cause> ignored) {
    static final Stated NOTHING = new Stated(null, null, "", Set.of());

    /** Whether recognition could add nothing to it but the application's name. */
    public boolean isComplete(Credentials credentials) {
        return namespaces != null && flow != null && credentials.isStated();
    }

    /** The options that state the same again; a file is only called so, wherever it was. */
    public List<String> flowArguments() {
        if (!flowBy.equals("--send")) {
            return List.of("--flow", Flows.BUILT_IN.containsValue(flow) ? flow.name() : "FILE");
        }
        Flow.Send send = flow.send().get(0);
        List<String> words = new ArrayList<>(List.of("--send", send.event()));
        send.args().forEach(arg -> words.addAll(List.of("--data", arg.toString())));
        words.addAll(
                List.of("--expect", flow.receive().isRelayed() ? flow.receive().event() : Flow.Step.ACK));
        return words;
    }
}
