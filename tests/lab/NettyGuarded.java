package siodiag.lab;

import com.corundumstudio.socketio.AuthorizationResult;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOServer;
import java.util.Map;

/** Alarms on netty-socketio: an authorization listener wants a key, in the query or as a header, in the handshake itself. */
public final class NettyGuarded {
    private static final String KEY = "alarm-9c41f0";

    private NettyGuarded() {}

    public static void main(String[] arguments) throws Exception {
        NettyApplication application =
                new NettyApplication(arguments, Map.of("key", "kept", "check", "yes", "event", "alarm"));
        application
                .configuration()
                .setAuthorizationListener(handshake -> new AuthorizationResult(
                        application.is("check", "no") || application.is("key", "kept") && KEY.equals(key(handshake))));
        SocketIOServer server = new SocketIOServer(application.configuration());
        server.addMultiTypeEventListener(
                "alarm",
                (client, level, ack) -> server.getBroadcastOperations()
                        .sendEvent(
                                application.is("event", "alarm") ? "alarm" : "Alarm",
                                level.getArgs().toArray()),
                Integer.class,
                String.class);
        application.run(server, "key=" + KEY);
    }

    private static String key(HandshakeData handshake) {
        String header = handshake.getHttpHeaders().get("X-Alarm-Key");
        return header == null ? handshake.getSingleUrlParam("key") : header;
    }
}
