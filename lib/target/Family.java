package siodiag;

/** The kinds of server whose dialects are told apart. */
enum Family {
    NODE("Node socket.io"), PYTHON("python-socketio"), JAVA("netty-socketio"), UNKNOWN("unknown server");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
