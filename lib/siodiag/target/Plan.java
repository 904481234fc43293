package siodiag.target;

import java.time.Duration;

/**
 * How an end-to-end run is done.
 *
 * @param events    how often each of the flow's events is sent
 * @param rate      events a second; 0: as fast as the server takes them
 * @param observers dashboards for each namespace; {@link #OF_THE_FLOW} for as many as the flow has
 */
public record Plan(int events, double rate, int observers) {
    public static final int OF_THE_FLOW = 0;
    public static final Plan DEFAULT = new Plan(10, 0, OF_THE_FLOW);
    private static final double SLOWEST_RATE = 100;
    private static final int SENDS = 30;

    public int observers(Flow flow) {
        return observers == OF_THE_FLOW ? flow.observers() : observers;
    }

    /** What the sending may take beyond that of the default plan: with up to thirty sends in a flow, at the given rate. */
    public Duration longest() {
        double perSecond = rate > 0 ? rate : SLOWEST_RATE;
        boolean usual = rate == 0 && events <= DEFAULT.events();
        return usual ? Duration.ZERO : Duration.ofMillis((long) (1000.0 * events * SENDS / perSecond));
    }
}
