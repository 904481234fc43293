package siodiag.watch;

import java.util.List;

/** Some durations as a line of bars, the highest for the longest; a blank cross where there was none. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String ASCII = "_.-:=+*#";

    private Sparkline() {}

    /** @param values milliseconds; NaN for none */
    static String of(List<Double> values, boolean unicode) {
        String bars = unicode ? BARS : ASCII;
        double max = values.stream()
                .filter(value -> !value.isNaN())
                .max(Double::compare)
                .orElse(1.0);
        StringBuilder line = new StringBuilder();
        for (double value : values) {
            line.append(
                    Double.isNaN(value)
                            ? 'x'
                            : bars.charAt(
                                    (int) Math.min(bars.length() - 1, value / Math.max(max, 0.001) * bars.length())));
        }
        return line.toString();
    }
}
