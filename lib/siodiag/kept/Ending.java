package siodiag.kept;

import java.util.Locale;

/**
 * How a connection ended that was kept open.
 *
 * @param detail  the close code, reason, status or error, fit to print
 * @param ageMs   since it was open
 * @param quietMs since the last byte in either direction
 * @param pings   of the server until then
 */
public record Ending(Kind kind, String detail, double ageMs, double quietMs, int pings) {

    /** By which sign on the wire. */
    public enum Kind {
        CLOSE_FRAME("with a close frame"),
        FIN("with a FIN and no close frame (1006)"),
        RST("with a TCP reset (1006)"),
        ENGINE_CLOSE("with an Engine.IO close packet"),
        DISCONNECT("with a Socket.IO DISCONNECT (41)"),
        HTTP("with an HTTP error"),
        /** By this side. */
        TOO_LARGE("because a message was larger than this side takes"),
        /** By this side, as clients do. */
        PINGS_STOPPED("because no ping came within pingInterval + pingTimeout");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** The kind's name in JSON and as a label. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether something on the way ended it, or the server. */
    boolean isCut() {
        return kind != Kind.TOO_LARGE && kind != Kind.PINGS_STOPPED;
    }

    /** Whether the application itself ended it, by the protocol's own means. */
    boolean isRegular() {
        return kind == Kind.ENGINE_CLOSE
                || kind == Kind.DISCONNECT
                || kind == Kind.CLOSE_FRAME && detail.matches("close code (1000|1001|1005)\\b.*");
    }

    /** For people: how, and the detail where there is more to know. */
    public String describe() {
        return kind.text() + (detail.isEmpty() ? "" : ": " + detail);
    }
}
