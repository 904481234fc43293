package siodiag;

import picocli.CommandLine.Option;

/** How an end-to-end run is done. */
public final class PlanOptions {
    private static final int MOST_EVENTS = 10_000;
    private static final int MOST_OBSERVERS = 100;
    /** Each delivery is kept until it is judged; this many fit into the command's memory. */
    private static final int MOST_DELIVERIES = 20_000;

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
        if ((long) events * observers > MOST_DELIVERIES) {
            throw new BadInput("--events " + events + " --observers " + observers + ": their product can be at most "
                    + MOST_DELIVERIES + ", because every delivery is kept to be accounted for");
        }
        return new Plan(events, rate, observers);
    }
}
