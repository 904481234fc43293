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
    /** Where the payload stands on a terminal: below the direction. */
    private static final String INDENT = " ".repeat(11);

    private final Redactor secrets;
    private final long start;
    private final int payload;
    private final boolean coloured;
    private final int width;

    /**
     * @param start when time began, in milliseconds since 1970
     * @param width the columns of the terminal; 0 where there is none, and a line may be as long as it is
     */
    EventFormatter(long start, Redactor secrets, int payload, boolean coloured, int width) {
        this.start = start;
        this.secrets = secrets;
        this.payload = payload;
        this.coloured = coloured;
        this.width = width;
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
                        width > 0 ? rest(event) : rest(event) + payload(event))
                .stripTrailing();
        String shown = width > 0 ? Text.fit(line, width) + below(payload(event)) : line;
        return coloured ? colour(event, shown) : shown;
    }

    /** In lines of its own: beside the columns there is no room for it on most terminals. */
    private String below(String payload) {
        StringBuilder lines = new StringBuilder();
        int room = Math.max(20, width - INDENT.length());
        for (int at = 0; at < payload.length(); at += room) {
            lines.append('\n').append(INDENT).append(payload, at, Math.min(payload.length(), at + room));
        }
        return lines.toString();
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
        return bytes == 0 ? "" : Text.approximateSize(bytes);
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
        return rest.toString().stripLeading();
    }

    private String payload(ServerEvent event) {
        return payload > 0 && event.args() != null ? Text.cut(secrets.hide(event.args()), payload) : "";
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
