///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION The echo flow on netty-socketio as it comes, to compare the monitor with
//DEPS com.corundumstudio.socketio:netty-socketio:2.0.14
//DEPS org.slf4j:slf4j-nop:1.7.36
package siodiag.benchmarks;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

final class BareNettySocketio {
    private BareNettySocketio() {}

    @SuppressWarnings({"rawtypes", "unchecked"})
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        try (ServerSocket free = new ServerSocket(0)) {
            configuration.setPort(free.getLocalPort());
        }
        SocketIOServer server = new SocketIOServer(configuration);
        SocketIONamespace hook = server.addNamespace("/hook");
        hook.addConnectListener(client -> client.joinRoom("hook_room"));
        hook.addEventListener("user_prompt", Map.class, (client, data, ack) -> {
            Map<String, Object> echo = new LinkedHashMap<>(data);
            echo.put("echoed_at", Instant.now().toString());
            echo.put("original_sender", client.getSessionId().toString());
            hook.getRoomOperations("hook_room").sendEvent("echo_user_prompt", echo);
        });
        server.start();
        System.out.println("monitor on http://127.0.0.1:" + configuration.getPort());
        Thread.currentThread().join();
    }
}
