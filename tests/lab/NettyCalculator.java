package siodiag.lab;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.SocketIOServer;
import java.util.Map;

/** A calculator on netty-socketio: requests that are answered by their acknowledgement, and by nothing else. */
public final class NettyCalculator {
    private NettyCalculator() {}

    public static void main(String[] arguments) throws Exception {
        NettyApplication application = new NettyApplication(arguments, Map.of("answers", "yes"));
        application.configuration().setAckMode(AckMode.MANUAL);
        SocketIOServer server = new SocketIOServer(application.configuration());
        server.addMultiTypeEventListener(
                "add",
                (client, numbers, ack) -> {
                    int sum = numbers.<Integer>get(0) + numbers.<Integer>get(1);
                    if (application.is("answers", "yes")) {
                        ack.sendAckData(Map.of("sum", sum));
                    }
                },
                Integer.class,
                Integer.class);
        application.run(server);
    }
}
