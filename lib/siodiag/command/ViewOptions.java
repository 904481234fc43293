package siodiag.command;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import siodiag.core.UsageException;
import siodiag.view.ConsoleFilter;

/** What of the traffic is shown, and where it is recorded. */
public final class ViewOptions {
    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "append everything to this file, one JSON object per line; hook-test --replay sends it again, "
                            + "explain says what happened")
    private Path record;

    @Option(names = "--namespace", paramLabel = "A,B", split = ",", description = "show only these namespaces")
    private List<String> namespaces = List.of();

    @Option(
            names = "--event",
            paramLabel = "GLOB",
            split = ",",
            description = "show only events with matching names, such as user_*,*_tool")
    private List<String> events = List.of();

    @Option(
            names = "--only",
            paramLabel = "WHAT",
            defaultValue = "all",
            description = "show only in, out, errors, or all (default: ${DEFAULT-VALUE})")
    private String only;

    @Option(
            names = "--show-payload",
            paramLabel = "N",
            arity = "0..1",
            defaultValue = "0",
            fallbackValue = "200",
            description = "show the beginning of the arguments, up to N characters (${FALLBACK-VALUE} without N)")
    private int payload;

    /** The file to append to, or null. */
    public Path record() {
        return record;
    }

    /** @throws UsageException in one line */
    public ConsoleFilter filter() {
        if (payload < 0) {
            throw new UsageException("--show-payload " + payload + ": must be a number of characters, 0 for none");
        }
        try {
            return new ConsoleFilter(namespaces, events, ConsoleFilter.Only.named(only), payload);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
