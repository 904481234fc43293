package siodiag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A namespace: who is in it, and in which rooms. */
final class MonitorNamespace {
    private final String name;
    private final Map<String, MonitorSocket> sockets = new LinkedHashMap<>();
    private final Map<String, Set<MonitorSocket>> rooms = new LinkedHashMap<>();

    MonitorNamespace(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** The room every client of the namespace is in from the start: {@code hook_room} for {@code /hook}. */
    String ownRoom() {
        return Flow.room(name);
    }

    Collection<MonitorSocket> sockets() {
        return Collections.unmodifiableCollection(sockets.values());
    }

    Set<String> rooms() {
        return Collections.unmodifiableSet(rooms.keySet());
    }

    /** The members of a room, which may also be one socket's id. */
    List<MonitorSocket> in(String room) {
        if (sockets.containsKey(room)) {
            return List.of(sockets.get(room));
        }
        return new ArrayList<>(rooms.getOrDefault(room, Set.of()));
    }

    void add(MonitorSocket socket) {
        sockets.put(socket.id(), socket);
        join(socket, ownRoom());
    }

    void remove(MonitorSocket socket) {
        sockets.remove(socket.id());
        List.copyOf(socket.rooms()).forEach(room -> leave(socket, room));
    }

    boolean join(MonitorSocket socket, String room) {
        return socket.rooms().add(room) && rooms.computeIfAbsent(room, r -> new LinkedHashSet<>()).add(socket);
    }

    boolean leave(MonitorSocket socket, String room) {
        if (!socket.rooms().remove(room)) {
            return false;
        }
        Set<MonitorSocket> members = rooms.get(room);
        members.remove(socket);
        if (members.isEmpty()) {
            rooms.remove(room);
        }
        return true;
    }
}
