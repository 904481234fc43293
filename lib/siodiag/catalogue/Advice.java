package siodiag.catalogue;

import java.util.Locale;

/** What to do first in cases of a cause that the findings tell apart; its text is part of the cause in {@code causes.json}. */
public enum Advice {
    REDIRECT_TO_SOCKETIO,
    REDIRECT_TO_TLS,
    REDIRECT_TO_NOTHING,
    REDIRECT_LOOP,
    CORS_TWICE,
    CORS_WILDCARD,
    CORS_PREFLIGHT,
    CORS_HIDDEN_HTTPS,
    CORS_OTHER_SCHEME,
    CORS_WEBSOCKET,
    SECOND_WEBSOCKET_SERVER,
    NO_WEBSOCKET_LIBRARY,
    POSTS_HANG,
    COOKIE_AFFINITY,
    STATE_CREDENTIALS,
    CREDENTIALS_OF_HANDSHAKE;

    /** The advice's name in the catalogue. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String text() {
        return Catalogue.entries().values().stream()
                .filter(entry -> entry.refinements().containsKey(id()))
                .map(entry -> entry.refinements().get(id()).fix())
                .findFirst()
                .orElseThrow();
    }
}
