package siodiag;

import java.util.concurrent.ThreadLocalRandom;

/** A namespace that no server has: its refusal is an answer at engine level, and the dialect for "unknown". */
final class Decoy {
    private Decoy() {
    }

    static String namespace() {
        return "/diagnostic-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    }

    /** A token that nobody has. */
    static String token() {
        return "wrong-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 60), 36);
    }
}
