package example;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.DriverManager;
import java.util.List;
import org.junit.Test;

/** Each fails for another cause, and its name lies about it. */
public class MisleadingNamesTest {
    private static class BroadcastFailed extends Exception {
        BroadcastFailed(String message) {
            super(message);
        }
    }

    @Test
    public void databaseTimeout() throws Exception {
        int port;
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        new Socket("127.0.0.1", port).close();
    }

    @Test
    public void importError() throws Exception {
        try (ServerSocket first = new ServerSocket(0)) {
            new ServerSocket(first.getLocalPort()).close();
        }
    }

    @Test(timeout = 100)
    public void connectionRefused() throws Exception {
        synchronized (this) {
            wait();
        }
    }

    @Test
    public void assertsNothing() throws Exception {
        Class.forName("no.such.Driver");
    }

    @Test
    public void network() {
        try {
            new FileInputStream("/no/such/folder/settings.json").close();
        } catch (IOException e) {
            throw new IllegalStateException("no configuration", e);
        }
    }

    @Test
    public void fileNotFound() throws Exception {
        DriverManager.getConnection("jdbc:none:sessions").close();
    }

    @Test
    public void socketTimeoutSetting() {
        assertEquals(30, 5);
    }

    @Test
    public void saysConnectionRefused() {
        assertEquals("connected", "Connection refused");
    }

    @Test
    public void events() {
        assertTrue("the dashboard shows no event", List.of().size() > 0);
    }

    @Test
    public void typeError() {
        Object nothing = null;
        nothing.toString();
    }

    @Test
    public void nullPointer() {
        Object text = "text";
        Integer.class.cast(text);
    }

    @Test
    public void keyError() {
        Integer.parseInt("8765x");
    }

    @Test
    public void valueError() {
        List.of().iterator().next();
    }

    @Test
    public void notImplemented() {
        throw new IllegalStateException("the client is closed already");
    }

    @Test
    public void runtime() {
        List.of().add(null);
    }

    @Test
    public void known() throws Exception {
        throw new BroadcastFailed("broadcast failed");
    }
}
