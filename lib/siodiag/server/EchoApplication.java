package siodiag.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import siodiag.core.JsonText;

/**
 * The {@code echo} flow: an event {@code E} in {@code /n} goes back as {@code echo_E} to everybody in {@code n_room},
 * its fields kept, {@code echoed_at} and {@code original_sender} added. A first argument that is not an object is wrapped
 * as {@code {"data": …}}.
 */
public final class EchoApplication implements ServerApplication {
    private static final String ECHOED_AT = "echoed_at";
    private static final String ORIGINAL_SENDER = "original_sender";
    private static final Set<String> MARKS = Set.of(ECHOED_AT, ORIGINAL_SENDER);
    private static final int MAX_ROOMS = 100;
    private static final int MAX_ROOM_LENGTH = 200;

    private final Hub hub;

    public EchoApplication(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void received(NamespaceMember socket, EventMessage message) {
        switch (message.name()) {
            case "join_room" ->
                room(message, room -> {
                    if (socket.rooms().size() < MAX_ROOMS) {
                        socket.join(room);
                    }
                });
            case "leave_room" -> room(message, socket::leave);
            default -> relay(socket, message);
        }
        socket.acknowledge(message, List.of("{\"status\":\"ok\"}"), List.of());
    }

    private static void room(EventMessage message, Consumer<String> action) {
        String argument =
                message.arguments().isEmpty() ? "" : message.arguments().get(0);
        String room = JsonText.isObject(argument) ? JsonText.field(argument, "room") : JsonText.string(argument);
        if (room != null && !room.isEmpty() && room.length() <= MAX_ROOM_LENGTH) {
            action.accept(room);
        }
    }

    private void relay(NamespaceMember sender, EventMessage message) {
        ServerNamespace namespace = sender.namespace();
        List<String> arguments = new ArrayList<>(message.arguments());
        String first = arguments.isEmpty() ? null : arguments.remove(0);
        arguments.add(0, marked(first, sender.id()));
        hub.broadcast(
                namespace,
                namespace.ownRoom(),
                null,
                "\"echo_" + message.nameLiteral().substring(1),
                arguments,
                message.attachments());
    }

    /**
     * Adds the two fields to the object's text, which otherwise stays as the sender wrote it. Joined as text, because a
     * JSON generator costs four times as much, for every event, and neither value needs escapes.
     */
    private static String marked(String argument, String sender) {
        String fields = argument == null ? "" : fields(argument);
        return "{" + fields + (fields.isEmpty() ? "" : ",") + "\"" + ECHOED_AT + "\":\""
                + Timestamps.iso(System.currentTimeMillis()) + "\",\"" + ORIGINAL_SENDER + "\":\"" + sender + "\"}";
    }

    private static String fields(String argument) {
        if (!JsonText.isObject(argument) || argument.startsWith("{\"_placeholder\"")) {
            return "\"data\":" + argument;
        }
        String object = mayHaveMarks(argument) ? JsonText.without(argument, MARKS) : argument;
        return object.substring(1, object.length() - 1).strip();
    }

    /** An echo that is sent again has the marks already, and a name may be written with escapes. */
    private static boolean mayHaveMarks(String argument) {
        return argument.contains(ECHOED_AT) || argument.contains(ORIGINAL_SENDER) || argument.contains("\\u");
    }
}
