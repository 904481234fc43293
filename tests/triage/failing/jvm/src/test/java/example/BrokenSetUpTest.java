package example;

import org.junit.BeforeClass;
import org.junit.Test;

public class BrokenSetUpTest {
    @BeforeClass
    public static void open() {
        throw new IllegalStateException("no session of the test's own");
    }

    @Test
    public void neverRuns() {
    }
}
