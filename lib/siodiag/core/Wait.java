package siodiag.core;

import java.time.Duration;
import java.util.Locale;

/** What probes wait for beside single answers. Those of the longest way through a run make up its budget. */
public enum Wait {
    // Reaching the server: what a server that is silent or speaks something else is asked meanwhile.
    BEFORE_PATH_SEARCH(1200),
    PATH_SEARCH(2000),
    ANSWER_AT_ONE_PATH(700),
    OTHER_PROTOCOL(2000),
    /** For the health and the namespaces by which an application is recognised. */
    RECOGNITION(1500),

    // Transports.
    /** A server that answers no packet by then is asked in another parser, while the first question stands. */
    FIRST_PACKET(1000),
    OTHER_PARSER(1500),
    PARSER_AFTER_ANOTHER(200),
    UPGRADE(4000),
    SECOND_UPGRADE(2500),

    // Connecting.
    /** A namespace that takes longer is left to the namespace probe. */
    FIRST_NAMESPACE(1000, true),
    /** For a server that disconnects an older connection of the same client. */
    OLDER_CONNECTION(150, true),
    /** What a server needs to notice that a connection has ended; then what the official clients leave it. */
    CLEARING_UP(200),
    RECONNECTION(1000),
    RECONNECTED(2000),
    /** How long the namespaces that are connected wait for one that is silent. */
    NAMESPACES(2000, true),
    /** Some servers connect everybody and disconnect those without the right token a moment later, */
    DISCONNECT(250),
    /** or once the token was looked up somewhere. */
    DISCONNECT_AFTER_LOOKUP(1500),
    EVENT_AUTHENTICATION(300),

    // The flow.
    FLOW_CHOICE(1500),
    BEFORE_TRIAL(1000, true),
    SINGLE_EVENT(400),
    LATER_SINGLE_EVENT(150),
    UNANSWERED_JOIN(400),
    TRIAL(1500, true),
    /** Between the first who receives an event and the last. */
    OTHER_OBSERVERS(250, true),
    SECOND_ROUND(2000, true),
    LATE_CHECK(400, true),
    BYTES(400),
    /** Before bytes that came to some clients only are called lost: a handler may take its time. */
    BYTES_LOST(2000),
    POLLING_BURST(1000),
    BEFORE_CLUSTER_RETRY(1000),
    /** For an acknowledgement to the hook by a server that acknowledged nothing before. */
    UNLIKELY_ACKNOWLEDGEMENT(1000),

    // Sessions.
    /** How long connections are watched that do nothing: where something is broken already, and else. */
    STAY_IN_TROUBLE(1000),
    STAY(2000),
    AWAY_FOR_RECOVERY(500, true),
    AFTER_LOSS(1000);

    private final Duration length;
    private final boolean budgeted;

    Wait(long ms) {
        this(ms, false);
    }

    /** @param budgeted whether a run may have it to the full, and all others that are so as well */
    Wait(long ms, boolean budgeted) {
        this.length = Duration.ofMillis(ms);
        this.budgeted = budgeted;
    }

    /** By default. */
    Duration length() {
        return length;
    }

    boolean isBudgeted() {
        return budgeted;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
