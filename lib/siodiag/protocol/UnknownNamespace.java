package siodiag.protocol;

import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** A namespace that no server has: its refusal is an answer at engine level, and the dialect for "unknown". */
public final class UnknownNamespace {
    /** What the names of such namespaces begin with. */
    public static final String PREFIX = "/diagnostic-";

    /** Asked for a sign of life: netty-socketio answers no WebSocket ping, but every server such a CONNECT. */
    public static final String PULSE = PREFIX + "pulse";

    /** Characters of the shortest signature (HS256). */
    private static final int SIGNATURE = 43;

    private UnknownNamespace() {}

    public static String namespace() {
        return PREFIX + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    }

    /** A secret that nobody has, of the same shape: a JWT keeps its head and its claims, and can still be decoded. */
    static String like(String secret) {
        int signature = secret.lastIndexOf('.') + 1;
        return secret.startsWith("eyJ") && signature > 0
                ? secret.substring(0, signature) + base64(Math.max(SIGNATURE, secret.length() - signature))
                : "wrong-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 60), 36);
    }

    private static String base64(int characters) {
        byte[] random = new byte[characters * 3 / 4];
        ThreadLocalRandom.current().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
