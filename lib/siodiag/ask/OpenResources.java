package siodiag.ask;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a session has opened and not closed; closed when the session ends. */
final class OpenResources {
    private static final Set<Closeable> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OpenResources::closeAll, "closing"));
    }

    private OpenResources() {}

    static <T extends Closeable> T add(T opened) {
        OPEN.add(opened);
        return opened;
    }

    static void remove(Closeable closed) {
        OPEN.remove(closed);
    }

    private static void closeAll() {
        OPEN.forEach(OpenResources::close);
    }

    private static void close(Closeable opened) {
        try {
            opened.close();
        } catch (IOException gone) {
            // The session ends; there is nobody left to tell.
        }
    }
}
