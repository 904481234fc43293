package siodiag.lab;

import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import java.util.Map;

/** Rooms in a namespace of netty-socketio: who has joined one receives what is said in it. */
public final class NettyRooms {
    record Said(String room, String text) {}

    private NettyRooms() {}

    public static void main(String[] arguments) throws Exception {
        NettyApplication application = new NettyApplication(arguments, Map.of("joins", "room", "namespace", "known"));
        SocketIOServer server = new SocketIOServer(application.configuration());
        SocketIONamespace rooms = server.addNamespace(application.is("namespace", "known") ? "/rooms" : "/Rooms");
        rooms.addEventListener("join", String.class, (client, room, ack) -> {
            client.joinRoom(application.is("joins", "room") ? room : "lobby");
            client.sendEvent("joined", room);
        });
        rooms.addEventListener("say", Said.class, (client, said, ack) -> rooms.getRoomOperations(said.room())
                .sendEvent("said", said.text()));
        application.run(server);
    }
}
