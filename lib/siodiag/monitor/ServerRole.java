package siodiag.monitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import siodiag.server.ServerApplication;

/** What the monitor does with clients, events and hooks' POSTs: {@code ServerBehaviour} says which there are. */
interface ServerRole extends ServerApplication {
    /** The handlers by group and event name; what they handle is given to {@link #received} as well. */
    Map<String, Map<String, EventHandlers.Handler>> groups();

    /**
     * A hook's event as dashboards get it, kept for the history where there is one.
     *
     * @throws MalformedInputException for a body that is none
     */
    HookEventNormalizer.Event posted(String body);

    /** The HTTP status for a body that is not an event. */
    int statusOfBadBody();

    /** The fields of {@code GET /health}. @param verdict {@code healthy} or {@code degraded} */
    ObjectNode health(String verdict);
}
