package siodiag.passive;

import java.util.List;
import siodiag.finding.Finding;
import siodiag.server.ServerEvent;

/** Looks at one hop of what passes. Holds figures and a few quotes, never the events. */
interface Judge {
    /** @param session that of the event, null for none */
    void on(ServerEvent event, Sessions.Session session);

    /** What it comes to by now. @param now milliseconds since 1970, in the time of the events */
    List<Finding> findings(long now);
}
