package siodiag.harness;

import java.time.Duration;

/** A program that a test has started; it ends when it is closed. */
public interface Running extends AutoCloseable {

    /** What follows {@code prefix} in the first line of standard output that begins with it. */
    String await(String prefix, Duration limit);

    @Override
    void close();
}
