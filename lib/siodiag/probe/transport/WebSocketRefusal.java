package siodiag.probe.transport;

import java.util.regex.Pattern;
import siodiag.catalogue.Advice;
import siodiag.protocol.ExchangeException;

/** Why WebSocket does not work where polling does, as far as the answer to the upgrade tells. */
final class WebSocketRefusal {
    /** Bytes of HTTP, or no frame at all, where frames should be: written by another server on the same connection. */
    private static final Pattern TWO_SERVERS =
            Pattern.compile("no WebSocket frame|HTTP/1\\.1 |first WebSocket message is no", Pattern.CASE_INSENSITIVE);
    /** uvicorn's words, or its name on a refusal of python-engineio that is not for a missing Upgrade header. */
    private static final Pattern NO_LIBRARY = Pattern.compile(
            "Unsupported upgrade request|HTTP [45]\\d\\d(?!.*Invalid websocket upgrade).*server \"uvicorn",
            Pattern.DOTALL);

    private WebSocketRefusal() {}

    /** Null where nothing tells. */
    static Advice advice(ExchangeException failure) {
        String seen = failure.evidence();
        boolean opened = seen.contains("(101)") || failure.kind() == ExchangeException.Kind.CUT;
        if (opened && TWO_SERVERS.matcher(seen).find()) {
            return Advice.SECOND_WEBSOCKET_SERVER;
        }
        return NO_LIBRARY.matcher(seen).find() ? Advice.NO_WEBSOCKET_LIBRARY : null;
    }
}
