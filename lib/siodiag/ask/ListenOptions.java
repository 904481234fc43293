package siodiag.ask;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import siodiag.core.Durations;
import siodiag.core.Text;
import siodiag.core.UsageException;

/** Where and for how long a question listens. */
final class ListenOptions {
    private static final Duration MAX_TIME = Duration.ofDays(7);

    @Parameters(
            paramLabel = "NAMESPACE",
            arity = "0..*",
            description = "where to listen (default: every namespace under test that is open)")
    private List<String> namespaces = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            defaultValue = "10",
            converter = Durations.class,
            description = "how long; also 90s, 5m (default: ${DEFAULT-VALUE})")
    private Duration time;

    /** @throws UsageException where it is no time to wait for */
    Duration time() {
        if (time.isNegative() || time.isZero() || time.compareTo(MAX_TIME) > 0) {
            throw new UsageException(
                    "--for " + Text.duration(time) + ": more than 0 and at most a week (604800 seconds)");
        }
        return time;
    }

    /** Those that were named, else those that are open. @throws AskException where none is */
    List<String> namespaces(AskServer server) {
        if (!namespaces.isEmpty()) {
            namespaces.forEach(AskCommand::checkNamespace);
            return server.target().withNamespaces(namespaces).namespaces();
        }
        return server.openNamespaces();
    }
}
