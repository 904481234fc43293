package siodiag.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import siodiag.target.Flow;

/** A namespace: who is in it, and in which rooms. */
public final class ServerNamespace {
    private final String name;
    private final Map<String, NamespaceMember> sockets = new LinkedHashMap<>();
    private final Map<String, Set<NamespaceMember>> rooms = new LinkedHashMap<>();

    ServerNamespace(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The room every client of the namespace is in from the start: {@code hook_room} for {@code /hook}. */
    String ownRoom() {
        return Flow.room(name);
    }

    public Collection<NamespaceMember> sockets() {
        return Collections.unmodifiableCollection(sockets.values());
    }

    public Set<String> rooms() {
        return Collections.unmodifiableSet(rooms.keySet());
    }

    /** The members of a room, which may also be one socket's id. */
    public List<NamespaceMember> in(String room) {
        if (sockets.containsKey(room)) {
            return List.of(sockets.get(room));
        }
        return new ArrayList<>(rooms.getOrDefault(room, Set.of()));
    }

    void add(NamespaceMember socket) {
        sockets.put(socket.id(), socket);
        join(socket, ownRoom());
    }

    void remove(NamespaceMember socket) {
        sockets.remove(socket.id());
        List.copyOf(socket.rooms()).forEach(room -> leave(socket, room));
    }

    boolean join(NamespaceMember socket, String room) {
        return socket.rooms().add(room)
                && rooms.computeIfAbsent(room, r -> new LinkedHashSet<>()).add(socket);
    }

    boolean leave(NamespaceMember socket, String room) {
        if (!socket.rooms().remove(room)) {
            return false;
        }
        Set<NamespaceMember> members = rooms.get(room);
        members.remove(socket);
        if (members.isEmpty()) {
            rooms.remove(room);
        }
        return true;
    }
}
