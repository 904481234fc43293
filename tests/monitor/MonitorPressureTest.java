package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import siodiag.harness.RawSocket;
import siodiag.recording.RecordedEvent;
import siodiag.server.Backpressure;
import siodiag.server.PollingTransport;
import siodiag.server.ServerConfig;
import siodiag.server.ServerEvent;
import siodiag.server.ServerTransport;

class MonitorPressureTest {
    private static final int EVENTS = 250;
    private static final int SIZE = 100_000;

    @Test
    void cuts_who_does_not_read_and_loses_nothing_for_who_does() throws Exception {
        BlockingQueue<ServerEvent> closed = new LinkedBlockingQueue<>();
        try (MonitorServer server = MonitorServer.start(ServerConfig.defaults(), StandIn::new, List.of(event -> {
                    if (event.kind() == RecordedEvent.Kind.CLOSE) {
                        closed.add(event);
                    }
                }));
                Socket deaf = deafClient(server.url());
                RawSocket dashboard = RawSocket.join(server.url(), "/hook");
                RawSocket sender = RawSocket.join(server.url(), "/hook")) {
            Thread sending = new Thread(() -> send(sender));
            sending.start();
            for (int n = 0; n < EVENTS; n++) {
                dashboard.await("42/hook,[\"echo_bulk\",{\"n\":" + n + ",");
            }
            sending.join(TimeUnit.SECONDS.toMillis(10));
            ServerEvent cut = closed.poll(10, TimeUnit.SECONDS);
            assertTrue(cut.detail().startsWith("slow reader (1008)"), cut.detail());
            assertEquals("c1", cut.client());
            assertTrue(deaf.isConnected());
        }
    }

    @Test
    void a_post_is_answered_when_nobody_is_congested_any_more() throws Exception {
        EventLoop loop = new DefaultEventLoop();
        try {
            Backpressure pressure = new Backpressure(loop);
            ServerTransport reader = new PollingTransport(null);
            List<String> answered = new ArrayList<>();
            loop.submit(() -> {
                        pressure.answer(() -> answered.add("before"));
                        pressure.congested(reader);
                        pressure.answer(() -> answered.add("meanwhile"));
                    })
                    .sync();
            assertEquals(List.of("before"), answered);
            loop.submit(() -> pressure.relieved(reader)).sync();
            assertEquals(List.of("before", "meanwhile"), answered);
        } finally {
            loop.shutdownGracefully();
        }
    }

    private static void send(RawSocket sender) {
        String filling = "x".repeat(SIZE);
        for (int n = 0; n < EVENTS; n++) {
            sender.send("42/hook,[\"bulk\",{\"n\":" + n + ",\"text\":\"" + filling + "\"}]");
        }
    }

    /** Joins the namespace and reads nothing any more. */
    private static Socket deafClient(String url) throws IOException {
        URI server = URI.create(url);
        Socket socket = new Socket(server.getHost(), server.getPort());
        OutputStream out = socket.getOutputStream();
        out.write(("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        assertEquals('H', socket.getInputStream().read()); // the answer began: 101
        byte[] connect = "40/hook,{\"token\":\"dev-token\"}".getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[connect.length + 6]; // masked with zeros
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | connect.length);
        System.arraycopy(connect, 0, frame, 6, connect.length);
        out.write(frame);
        out.flush();
        return socket;
    }
}
