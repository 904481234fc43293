package siodiag;

import picocli.CommandLine.Option;

/** How an end-to-end run is done. */
public final class PlanOptions {
    private static final int MOST_EVENTS = 100_000;
    private static final int MOST_OBSERVERS = 100;

    @Option(names = "--events", paramLabel = "N", defaultValue = "10",
            description = "each of the flow's events N times (default: ${DEFAULT-VALUE})")
    int events;

    @Option(names = "--rate", paramLabel = "R", defaultValue = "0",
            description = "events a second; 0: as fast as the server takes them (default: ${DEFAULT-VALUE})")
    double rate;

    @Option(names = "--observers", paramLabel = "K", defaultValue = "1",
            description = "dashboards a namespace (default: ${DEFAULT-VALUE})")
    int observers;

    /** @throws BadInput in one line */
    public Plan plan() {
        if (events < 1 || events > MOST_EVENTS) {
            throw new BadInput("--events " + events + ": from 1 to " + MOST_EVENTS);
        }
        if (!(rate >= 0) || rate > 1e6) {
            throw new BadInput("--rate " + rate + ": 0, or up to 1000000 events a second");
        }
        if (observers < 1 || observers > MOST_OBSERVERS) {
            throw new BadInput("--observers " + observers + ": from 1 to " + MOST_OBSERVERS);
        }
        return new Plan(events, rate, observers);
    }
}
