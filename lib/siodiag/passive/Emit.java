package siodiag.passive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An event that a client, or a hook over HTTP, sent, with what others received of it so far. */
final class Emit {
    final long number;
    final String sender;
    final String namespace;
    final String event;
    final String args;
    final long at;
    final boolean posted;
    final List<Scalars.Scalar> scalars;
    /** Whether its sender has emitted something else since: what comes now may as well follow from that. */
    boolean overtaken;

    /** What was received that has this event's content, by what it is called there. */
    final Map<Name, Map<String, Arrival>> arrivals = new HashMap<>();

    /** An event's name with its namespace. */
    record Name(String namespace, String event) {
        @Override
        public String toString() {
            return event + (namespace.equals("/") ? "" : " of " + namespace);
        }
    }

    /** What one client received. */
    static final class Arrival {
        final long at;
        final String args;
        int times = 1;

        Arrival(long at, String args) {
            this.at = at;
            this.args = args;
        }
    }

    Emit(
            long number,
            String sender,
            String namespace,
            String event,
            String args,
            long at,
            boolean posted,
            List<Scalars.Scalar> scalars) {
        this.number = number;
        this.sender = sender;
        this.namespace = namespace;
        this.event = event;
        this.args = args;
        this.at = at;
        this.posted = posted;
        this.scalars = scalars;
    }

    Name name() {
        return new Name(namespace, event);
    }
}
