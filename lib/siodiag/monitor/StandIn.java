package siodiag.monitor;

import siodiag.server.EventMessage;
import siodiag.server.Hub;
import siodiag.server.NamespaceMember;
import siodiag.server.ServerApplication;
import siodiag.view.Statistics;

/** The application of a monitor: plays its role, counts what happens, and knows which handlers are missing. */
public final class StandIn implements ServerApplication {
    private final ServerRole role;
    private final EventHandlers handlers;
    private final Statistics statistics = new Statistics();

    public StandIn(Hub hub) {
        this(hub, hub.config().like().isClaudeMpm() ? new ClaudeMpmRole(hub) : new EchoRole(hub));
    }

    StandIn(Hub hub, ServerRole role) {
        this.role = role;
        this.handlers = new EventHandlers(hub.config().handlers(), role.groups());
        hub.observers().add(statistics);
    }

    ServerRole role() {
        return role;
    }

    EventHandlers handlers() {
        return handlers;
    }

    Statistics statistics() {
        return statistics;
    }

    @Override
    public void connected(NamespaceMember socket, String auth) {
        role.connected(socket, auth);
    }

    @Override
    public void received(NamespaceMember socket, EventMessage message) {
        EventHandlers.Handler handler = handlers.of(message.name());
        if (handler != null) {
            handler.handle(socket, message);
        }
        role.received(socket, message);
    }

    @Override
    public void disconnected(NamespaceMember socket, String reason) {
        role.disconnected(socket, reason);
    }
}
