package siodiag.lab;

import java.util.concurrent.Semaphore;
import siodiag.harness.TestCommand;

/** The machine in shares: what measures time takes several, what has to be alone takes all. */
final class Machine {
    static final int SHARES = TestCommand.PARALLEL;
    private static final Semaphore FREE = new Semaphore(SHARES, true);

    private Machine() {}

    static void use(int shares, Runnable work) {
        FREE.acquireUninterruptibly(shares);
        try {
            work.run();
        } finally {
            FREE.release(shares);
        }
    }
}
