package siodiag.lab;

import com.corundumstudio.socketio.SocketIOServer;
import java.util.Map;

/** A chat for everybody on netty-socketio: what one says, all receive. */
public final class NettyChat {
    record Message(String user, String text) {}

    private NettyChat() {}

    public static void main(String[] arguments) throws Exception {
        NettyApplication application = new NettyApplication(arguments, Map.of("to", "all"));
        SocketIOServer server = new SocketIOServer(application.configuration());
        server.addEventListener("chat", Message.class, (client, message, ack) -> {
            if (application.is("to", "all")) {
                server.getBroadcastOperations().sendEvent("chat", message);
            } else {
                client.sendEvent("chat", message);
            }
        });
        application.run(server);
    }
}
