package siodiag.server;

import siodiag.core.JsonText;

/** The refusals of an Engine.IO server: HTTP status, code and text as the reference implementation has them. */
enum EngineError {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    UNKNOWN_SESSION(400, 1, "Session ID unknown"),
    BAD_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    FORBIDDEN(403, 4, "Forbidden"),
    UNSUPPORTED_VERSION(400, 5, "Unsupported protocol version");

    private final int status;
    private final int code;
    private final String message;

    EngineError(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }

    String json() {
        return JsonText.object().put("code", code).put("message", message).toString();
    }
}
