package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.server.RedisUrl;

/** The connection to Redis without a Redis: what it sends, and what it makes of what comes. */
class RedisConnectionTest {
    private static final String PING = "*1\r\n$4\r\nPING\r\n";

    private final List<String> heard = new ArrayList<>();
    private EmbeddedChannel channel;

    @AfterEach
    void close() {
        if (channel != null) {
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void logs_in_chooses_the_database_and_is_ready_when_all_is_answered() {
        open("redis://monitor:geheim@localhost/3");
        assertEquals(
                "*3\r\n$4\r\nAUTH\r\n$7\r\nmonitor\r\n$6\r\ngeheim\r\n*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n" + PING,
                sent());
        receive("+OK\r\n+OK\r\n");
        assertEquals(List.of(), heard);
        receive("+PONG\r\n");
        assertEquals(List.of("ready"), heard);
    }

    @Test
    void a_refused_login_ends_it_with_the_servers_words() {
        open("redis://:wrong@localhost");
        receive(
                "-WRONGPASS invalid username-password pair or user is disabled.\r\n-NOAUTH Authentication required.\r\n");
        assertEquals(List.of("closed: WRONGPASS invalid username-password pair or user is disabled."), heard);
    }

    @Test
    void a_message_that_is_too_long_is_dropped_and_the_next_is_understood() {
        openReady();
        String filling = "x".repeat(1 << 20);
        int megabytes = (RedisConnection.MAX_MESSAGE >> 20) + 1;
        receive("*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$" + (megabytes << 20) + "\r\n");
        for (int i = 0; i < megabytes; i++) {
            receive(filling);
        }
        receive("\r\n*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$7\r\nnext ä\r\n");
        assertEquals(List.of("dropped " + (megabytes << 20), "received next ä"), heard);
    }

    @Test
    void bytes_may_come_in_any_pieces() {
        openReady();
        for (byte one : "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$2\r\nä\r\n*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$0\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {one}));
        }
        assertEquals(List.of("received ä", "received "), heard);
    }

    @Test
    void silence_is_asked_for_a_sign_of_life_and_ends_it_if_none_comes() {
        openReady();
        idle();
        assertEquals(PING, sent());
        receive("*2\r\n$4\r\npong\r\n$0\r\n\r\n");
        idle();
        assertEquals(PING, sent());
        assertTrue(channel.isOpen());
        idle();
        assertFalse(channel.isOpen());
        assertEquals(List.of("closed: no answer for 20 s"), heard);
    }

    @Test
    void what_is_no_redis_is_told_as_that() {
        open("redis://localhost");
        receive("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertEquals(List.of("closed: not a Redis server"), heard);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, redis://localhost:6379, socketio-monitor",
        "redis://localhost:7000/, redis://localhost:7000, socketio-monitor",
        "rediss://u:p@redis.example/0, rediss://redis.example:6379, socketio-monitor",
        "redis://:p%3Ap@[::1]/12, redis://[::1]:6379/12, socketio-monitor:12"
    })
    void urls_are_read_and_shown_without_their_secrets(String url, String shown, String channel) {
        RedisUrl read = RedisUrl.of(URI.create(url));
        assertEquals(shown, read.toString());
        assertEquals(channel, read.channel());
    }

    @Test
    void a_login_is_decoded() {
        RedisUrl both = RedisUrl.of(URI.create("redis://u:p%3Ap%40@host"));
        assertEquals("u p:p@", both.user() + " " + both.password());
        RedisUrl one = RedisUrl.of(URI.create("redis://:secret@host"));
        assertNull(one.user());
        assertEquals("secret", one.password());
        assertNull(RedisUrl.of(URI.create("redis://host")).password());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost", "redis:localhost", "redis://localhost/name", "localhost:6379", "redis:///1"})
    void other_urls_are_refused_in_one_line(String url) {
        String message = assertThrows(IllegalArgumentException.class, () -> RedisUrl.of(URI.create(url)))
                .getMessage();
        assertTrue(message.startsWith("--redis takes a URL such as redis://localhost:6379"), message);
    }

    private void open(String url) {
        RedisConnection redis = new RedisConnection(RedisUrl.of(URI.create(url)), new RedisConnection.User() {
            @Override
            public void ready(RedisConnection connection) {
                heard.add("ready");
            }

            @Override
            public void received(String message) {
                heard.add("received " + message);
            }

            @Override
            public void dropped(int bytes) {
                heard.add("dropped " + bytes);
            }

            @Override
            public void closed(String reason) {
                heard.add("closed: " + reason);
            }
        });
        channel = new EmbeddedChannel(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel opened) {
                redis.install(opened.pipeline());
            }
        });
    }

    private void openReady() {
        open("redis://localhost");
        receive("+PONG\r\n");
        assertEquals(PING, sent());
        heard.clear();
    }

    private void receive(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.UTF_8));
    }

    private void idle() {
        channel.pipeline().fireUserEventTriggered(IdleStateEvent.READER_IDLE_STATE_EVENT);
    }

    private String sent() {
        StringBuilder text = new StringBuilder();
        ByteBuf bytes = channel.readOutbound();
        while (bytes != null) {
            text.append(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
            bytes = channel.readOutbound();
        }
        return text.toString();
    }
}
