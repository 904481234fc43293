package siodiag.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;
import siodiag.core.Durations;
import siodiag.core.Text;
import siodiag.core.UsageException;

/** How long a server of the toolkit's own runs. */
public final class RunTime {
    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            defaultValue = "0",
            converter = Durations.class,
            description = "stop after SECONDS (default: run until Ctrl-C)")
    private Duration time;

    /** @throws UsageException in one line */
    public void check() {
        if (time.isNegative()) {
            throw new UsageException("--for " + Text.duration(time) + ": must be a number of seconds, 0 for no limit");
        }
    }

    public boolean isLimited() {
        return !time.isZero();
    }

    /** Waits until Ctrl-C, or so long where it is limited. */
    public void await() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        if (isLimited()) {
            never.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            never.await();
        }
    }
}
