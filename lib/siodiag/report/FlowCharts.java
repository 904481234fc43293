package siodiag.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import siodiag.ledger.FlowTimeline;

/** The latencies of a flow and its course in time, as SVG. */
final class FlowCharts {
    private static final int WIDTH = 720;
    private static final int LEFT = 8;
    private static final int BINS = 24;
    private static final int BAR_HEIGHT = 120;
    private static final int ROW = 22;
    private static final int MAX_ROWS = 12;

    private FlowCharts() {}

    /** How many deliveries took how long; empty where there are none. */
    static String latencies(FlowTimeline flow) {
        List<Double> all = flow.latencies();
        if (all.isEmpty()) {
            return "";
        }
        double longest = Math.max(
                0.001, all.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        int[] bins = new int[BINS];
        all.forEach(ms -> bins[(int) Math.min(BINS - 1, Math.max(0, ms) / longest * BINS)]++);
        int highest = Arrays.stream(bins).max().orElse(1);
        StringBuilder svg = new StringBuilder(open(BAR_HEIGHT + 24, "Latency distribution"));
        double width = (double) (WIDTH - 2 * LEFT) / BINS;
        for (int bin = 0; bin < BINS; bin++) {
            double height = bins[bin] == 0 ? 0 : Math.max(2, (double) bins[bin] / highest * BAR_HEIGHT);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
                            + "<title>%.2f to %.2f ms: %d</title></rect>%n",
                    LEFT + bin * width,
                    BAR_HEIGHT - height + 4,
                    width - 2,
                    height,
                    bin * longest / BINS,
                    (bin + 1) * longest / BINS,
                    bins[bin]));
        }
        axis(svg, BAR_HEIGHT + 20, "0 ms", String.format(Locale.ROOT, "%.1f ms", longest));
        return svg.append("</svg>\n").toString();
    }

    /** A row a kind of event: a line from the sending to the last delivery, and a cross for what never arrived. */
    static String timeline(FlowTimeline flow) {
        if (flow.events().isEmpty()) {
            return "";
        }
        Map<String, List<FlowTimeline.Event>> rows = rows(flow);
        double length = Math.max(0.001, flow.lengthMs());
        int height = rows.size() * ROW * 2 + 24;
        StringBuilder svg = new StringBuilder(open(height, "Timeline of the flow"));
        int y = 14;
        for (Map.Entry<String, List<FlowTimeline.Event>> row : rows.entrySet()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\">%s</text>%n",
                    LEFT,
                    y,
                    Html.escape(row.getKey() + " (" + row.getValue().size() + ")")));
            for (FlowTimeline.Event event : row.getValue()) {
                event(svg, event, y + ROW / 2 + 2, length);
            }
            y += ROW * 2;
        }
        axis(svg, height - 4, "0 ms", String.format(Locale.ROOT, "%.0f ms", length));
        return svg.append("</svg>\n").toString();
    }

    private static Map<String, List<FlowTimeline.Event>> rows(FlowTimeline flow) {
        Map<String, List<FlowTimeline.Event>> rows = new LinkedHashMap<>();
        for (FlowTimeline.Event event : flow.events()) {
            String name = rows.containsKey(event.name()) || rows.size() < MAX_ROWS ? event.name() : "others";
            rows.computeIfAbsent(name, key -> new ArrayList<>()).add(event);
        }
        return rows;
    }

    private static void event(StringBuilder svg, FlowTimeline.Event event, int y, double length) {
        double sent = x(event.sent(), length);
        if (event.isLost()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"lost\" d=\"M%.1f %d l6 6 m0 -6 l-6 6\"><title>sent at %.1f ms, %d of %d deliveries</title></path>%n",
                    sent - 3,
                    y - 3,
                    event.sent(),
                    event.delivered().size(),
                    event.expected()));
            return;
        }
        double last = event.delivered().get(event.delivered().size() - 1);
        svg.append(String.format(
                Locale.ROOT,
                "<path class=\"sent\" d=\"M%.1f %d H%.1f m0 -4 v8\"><title>sent at %.1f ms, delivered by %.1f ms</title></path>%n",
                sent,
                y,
                Math.max(sent + 1, x(last, length)),
                event.sent(),
                last));
    }

    private static double x(double ms, double length) {
        return LEFT + ms / length * (WIDTH - 2 * LEFT);
    }

    private static String open(int height, String label) {
        return String.format(
                Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", WIDTH, height, label);
    }

    private static void axis(StringBuilder svg, int y, String from, String to) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\">%s</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
                LEFT,
                y,
                from,
                WIDTH - LEFT,
                y,
                to));
    }
}
