package siodiag.monitor;

import java.util.Locale;
import siodiag.core.Redactor;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/** One event as one line: time, direction, namespace, what, size, who, the rest; nothing in it moves the cursor. */
final class EventFormatter {
    private static final int NAMESPACE = 10;
    private static final int WHAT = 26;
    private static final int WHO = 11;
    private static final int DETAIL = 300;

    private final Redactor secrets;
    private final long start;
    private final int payload;
    private final boolean coloured;

    /** @param start when time began, in milliseconds since 1970 */
    EventFormatter(long start, Redactor secrets, int payload, boolean coloured) {
        this.start = start;
        this.secrets = secrets;
        this.payload = payload;
        this.coloured = coloured;
    }

    String of(ServerEvent event) {
        String line = String.format(
                        Locale.ROOT,
                        "%10.3f %s %s %s %8s %s %s",
                        (event.at() - start) / 1000.0,
                        arrow(event.direction()),
                        fit(event.namespace(), NAMESPACE),
                        fit(what(event), WHAT),
                        size(event.bytes()),
                        fit(who(event), WHO),
                        rest(event))
                .stripTrailing();
        return coloured ? colour(event, line) : line;
    }

    private static String arrow(RecordedEvent.Direction direction) {
        return switch (direction) {
            case IN -> "->";
            case OUT -> "<-";
            case NONE -> "--";
        };
    }

    private static String what(ServerEvent event) {
        return switch (event.kind()) {
            case EVENT -> event.event();
            case HTTP -> "http " + event.event();
            case ACK -> "ack " + event.ack();
            default -> event.kind().label();
        };
    }

    private static String who(ServerEvent event) {
        boolean relayed = event.kind() == RecordedEvent.Kind.EVENT && event.isOut();
        if (relayed && event.client() == null) {
            return event.to().isEmpty() ? "no clients" : event.to().size() + " clients";
        }
        return event.client() == null ? "" : event.client();
    }

    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes == 0 ? "" : bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private String rest(ServerEvent event) {
        StringBuilder rest = new StringBuilder();
        if (event.kind() == RecordedEvent.Kind.EVENT && event.ack() >= 0) {
            rest.append("wants ack ").append(event.ack()).append("  ");
        }
        if (!event.binary().isEmpty()) {
            rest.append(Text.count(event.binary().size(), "attachment"))
                    .append(" of ")
                    .append(Text.count(event.binaryBytes(), "byte"))
                    .append("  ");
        }
        if (event.detail() != null) {
            rest.append(Text.cut(secrets.hide(event.detail()), DETAIL)).append("  ");
        }
        if (payload > 0 && event.args() != null) {
            rest.append(Text.cut(secrets.hide(event.args()), payload));
        }
        return rest.toString().strip();
    }

    /** Exactly so wide, whatever came from outside. */
    private static String fit(String text, int width) {
        String visible =
                text == null ? "" : Text.visible(text.length() > 4 * width ? text.substring(0, 4 * width) : text);
        return visible.length() > width
                ? visible.substring(0, width - 1) + "…"
                : visible + " ".repeat(width - visible.length());
    }

    private static String colour(ServerEvent event, String line) {
        String code = event.isError()
                ? "31"
                : switch (event.kind()) {
                    case EVENT, HTTP -> event.isIn() ? "36" : "32";
                    case CONNECT, DISCONNECT, HANDSHAKE, UPGRADE, CLOSE -> "33";
                    default -> "2";
                };
        return "\u001b[" + code + "m" + line + "\u001b[0m";
    }
}
