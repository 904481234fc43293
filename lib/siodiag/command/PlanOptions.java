package siodiag.command;

import picocli.CommandLine.Option;
import siodiag.core.UsageException;
import siodiag.target.Flow;
import siodiag.target.Plan;

/** How an end-to-end run is done. */
public final class PlanOptions {
    private static final int MAX_EVENTS = 10_000;
    private static final int MAX_OBSERVERS = 100;
    /** Each delivery is kept until it is judged; this many fit into the command's memory. */
    private static final int MAX_DELIVERIES = 20_000;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "10",
            description = "send each of the flow's events N times (default: ${DEFAULT-VALUE})")
    int events;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "0",
            description = "events per second; 0: as fast as the server takes them (default: ${DEFAULT-VALUE})")
    double rate;

    @Option(
            names = "--observers",
            paramLabel = "K",
            description = "observers per namespace (default: the flow's, otherwise 2)")
    Integer observers;

    /** @throws UsageException in one line */
    public Plan plan() {
        if (events < 1 || events > MAX_EVENTS) {
            throw new UsageException("--events " + events + ": from 1 to " + MAX_EVENTS);
        }
        if (!(rate >= 0) || rate > 1e6) {
            throw new UsageException("--rate " + rate + ": 0, or up to 1000000 events per second");
        }
        if (observers != null && (observers < 1 || observers > MAX_OBSERVERS)) {
            throw new UsageException("--observers " + observers + ": from 1 to " + MAX_OBSERVERS);
        }
        if ((long) events * (observers == null ? Flow.OBSERVERS : observers) > MAX_DELIVERIES) {
            throw new UsageException("--events " + events + " --observers "
                    + (observers == null ? Flow.OBSERVERS : observers) + ": their product can be at most "
                    + MAX_DELIVERIES + ", because every delivery is kept in memory");
        }
        return new Plan(events, rate, observers == null ? Plan.OF_THE_FLOW : observers);
    }
}
