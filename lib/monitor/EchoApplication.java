package siodiag;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The {@code echo} flow: an event {@code E} in {@code /n} goes back as {@code echo_E} to everybody in {@code n_room},
 * its fields kept, {@code echoed_at} and {@code original_sender} added. A first argument that is no object is wrapped
 * as {@code {"data": …}}.
 */
final class EchoApplication implements MonitorApplication {
    private static final int MOST_ROOMS = 100;
    private static final int LONGEST_ROOM = 200;

    private final MonitorHub hub;

    EchoApplication(MonitorHub hub) {
        this.hub = hub;
    }

    @Override
    public void received(MonitorSocket socket, MonitorMessage message) {
        switch (message.name()) {
            case "join_room" -> room(message, room -> {
                if (socket.rooms().size() < MOST_ROOMS) {
                    socket.join(room);
                }
            });
            case "leave_room" -> room(message, socket::leave);
            default -> relay(socket, message);
        }
        socket.acknowledge(message, List.of("{\"status\":\"ok\"}"), List.of());
    }

    private static void room(MonitorMessage message, Consumer<String> action) {
        String argument = message.arguments().isEmpty() ? "" : message.arguments().get(0);
        String room = MonitorJson.isObject(argument) ? MonitorJson.field(argument, "room")
                : MonitorJson.string(argument);
        if (room != null && !room.isEmpty() && room.length() <= LONGEST_ROOM) {
            action.accept(room);
        }
    }

    private void relay(MonitorSocket sender, MonitorMessage message) {
        MonitorNamespace namespace = sender.namespace();
        List<String> arguments = new ArrayList<>(message.arguments());
        String first = arguments.isEmpty() ? null : arguments.remove(0);
        arguments.add(0, marked(first, sender.id()));
        hub.broadcast(namespace, namespace.ownRoom(), null, "\"echo_" + message.nameLiteral().substring(1), arguments,
                message.attachments());
    }

    /** Adds the two fields to the object's text, which otherwise stays as the sender wrote it. */
    private static String marked(String argument, String sender) {
        String marks = "\"echoed_at\":\"" + MonitorTime.iso(System.currentTimeMillis())
                + "\",\"original_sender\":\"" + sender + "\"}";
        if (argument == null) {
            return "{" + marks;
        }
        if (!MonitorJson.isObject(argument) || argument.startsWith("{\"_placeholder\"")) {
            return "{\"data\":" + argument + "," + marks;
        }
        String fields = argument.substring(0, argument.length() - 1).stripTrailing();
        return fields + (fields.length() == 1 ? "" : ",") + marks;
    }
}
