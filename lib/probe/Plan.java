package siodiag;

/**
 * How an end-to-end run is done.
 *
 * @param events    how often each of the flow's events is sent
 * @param rate      events a second; 0: as fast as the server takes them
 * @param observers dashboards for each namespace
 */
public record Plan(int events, double rate, int observers) {
    public static final Plan DEFAULT = new Plan(10, 0, 1);
}
