package siodiag.view;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import siodiag.core.Redactor;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/** One event as one line: time of day, direction, namespace, what, size, who, the rest; nothing in it moves the cursor. */
final class EventFormatter {
    private static final int NAMESPACE = 10;
    private static final int WHAT = 26;
    private static final int SIZE = 8;
    private static final int WHO = 11;
    private static final int DETAIL = 300;
    /** Where the payload stands on a terminal: below the direction. */
    private static final String INDENT = " ".repeat(13);

    private final Clock clock = new Clock();
    private final Redactor secrets;
    private final int payload;
    private final boolean coloured;
    private final int width;

    /**
     * @param width the columns of the terminal; 0 where there is none, and a line may be as long as it is
     */
    EventFormatter(Redactor secrets, int payload, boolean coloured, int width) {
        this.secrets = secrets;
        this.payload = payload;
        this.coloured = coloured;
        this.width = width;
    }

    String of(ServerEvent event) {
        StringBuilder text = new StringBuilder(128) // no String.format: it costs more than all of the relay
                .append(clock.of(event.at()))
                .append(' ')
                .append(arrow(event.direction()));
        fit(text, event.namespace(), NAMESPACE);
        fit(text, what(event), WHAT);
        String size = size(event.bytes());
        text.append(" ".repeat(Math.max(0, SIZE - size.length()) + 1)).append(size);
        fit(text, who(event), WHO);
        text.append(' ').append(rest(event));
        if (width == 0) {
            text.append(payload(event));
        }
        String line = text.toString().stripTrailing();
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

    /** A space, and the text exactly so wide, whatever came from outside. */
    private static void fit(StringBuilder line, String text, int width) {
        String visible =
                text == null ? "" : Text.visible(text.length() > 4 * width ? text.substring(0, 4 * width) : text);
        line.append(' ');
        if (visible.length() > width) {
            line.append(visible, 0, width - 1).append('…');
        } else {
            line.append(visible).append(" ".repeat(width - visible.length()));
        }
    }

    /** The local time of day; formatted once a second. */
    private static final class Clock {
        private static final DateTimeFormatter SECONDS =
                DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

        private long second = Long.MIN_VALUE;
        private String text;

        String of(long millis) {
            long now = Math.floorDiv(millis, 1000);
            if (now != second) {
                second = now;
                text = SECONDS.format(Instant.ofEpochSecond(now));
            }
            int fraction = (int) Math.floorMod(millis, 1000);
            return text + (fraction < 10 ? ".00" : fraction < 100 ? ".0" : ".") + fraction;
        }
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
