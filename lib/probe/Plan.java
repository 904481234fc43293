package siodiag;

import java.time.Duration;

/**
 * How an end-to-end run is done.
 *
 * @param events    how often each of the flow's events is sent
 * @param rate      events a second; 0: as fast as the server takes them
 * @param observers dashboards for each namespace
 */
public record Plan(int events, double rate, int observers) {
    public static final Plan DEFAULT = new Plan(10, 0, 1);
    private static final double SLOWEST_RATE = 100;
    private static final int SENDS = 30;

    /** What the sending may take beyond that of the default plan: with up to thirty sends in a flow, at the given rate. */
    Duration longest() {
        double perSecond = rate > 0 ? rate : SLOWEST_RATE;
        boolean usual = rate == 0 && events <= DEFAULT.events();
        return usual ? Duration.ZERO : Duration.ofMillis((long) (1000.0 * events * SENDS / perSecond));
    }
}
