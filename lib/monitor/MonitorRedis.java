package siodiag;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection to Redis, as much of it as publish and subscribe need. Protocol: RESP, version 2: a command is an
 * array of bulk strings, an answer begins with its type.
 */
final class MonitorRedis implements AutoCloseable {
    private static final int DEFAULT_PORT = 6379;
    private static final int TIMEOUT_MS = 2_000;
    private static final int LONGEST = 64 << 20;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    /** @param url {@code redis://[[user]:password@]host[:port]} @throws IOException if it can't be reached */
    MonitorRedis(URI url) throws IOException {
        try {
            int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
            socket.connect(new InetSocketAddress(url.getHost(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = new BufferedOutputStream(socket.getOutputStream());
            authenticate(url.getUserInfo());
            call("PING");
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** @return how many subscribers got it */
    Object publish(String channel, String message) throws IOException {
        return call("PUBLISH", channel, message);
    }

    /** From now on only {@link #nextMessage} makes sense. */
    void subscribe(String channel) throws IOException {
        call("SUBSCRIBE", channel);
        socket.setSoTimeout(0);
    }

    /** Waits for the next message, for ever. @throws IOException when the connection ends */
    String nextMessage() throws IOException {
        while (true) {
            if (answer() instanceof List<?> push && push.size() == 3 && push.get(0).equals("message")) {
                return String.valueOf(push.get(2));
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // closed is closed
        }
    }

    private void authenticate(String userInfo) throws IOException {
        if (userInfo == null) {
            return;
        }
        int colon = userInfo.indexOf(':');
        String password = userInfo.substring(colon + 1);
        if (colon > 0) {
            call("AUTH", userInfo.substring(0, colon), password);
        } else {
            call("AUTH", password);
        }
    }

    private Object call(String... words) throws IOException {
        out.write(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            out.write(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.write('\r');
            out.write('\n');
        }
        out.flush();
        return answer();
    }

    private Object answer() throws IOException {
        int type = in.read();
        String line = line();
        return switch (type) {
            case '+' -> line;
            case ':' -> Long.valueOf(line);
            case '$' -> bulk(Integer.parseInt(line));
            case '*' -> array(Integer.parseInt(line));
            case '-' -> throw new IOException("Redis says " + Text.quote(line, 120));
            default -> throw new IOException(type < 0 ? "Redis closed the connection" : "this is no Redis");
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0 || length > LONGEST) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private List<Object> array(int length) throws IOException {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            elements.add(answer());
        }
        return elements;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next >= 0 && next != '\n' && line.length() < LONGEST) {
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
    }
}
