package siodiag.target;

/** A server of the toolkit's own that is examined in place of the user's. */
public enum Embedded {
    MONITOR("monitor", "embedded monitor"),
    NETTY_SOCKETIO("netty-socketio", "embedded netty-socketio server");

    private final String option;
    private final String title;

    Embedded(String option, String title) {
        this.option = option;
        this.title = title;
    }

    /** What follows {@code --embedded}. */
    @Override
    public String toString() {
        return option;
    }

    public String title() {
        return title;
    }
}
