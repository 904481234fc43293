package siodiag.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A loopback of its own: its ports are free whatever runs on this machine. Lasts until it is closed. */
public final class NetworkNamespace implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final List<Child> programs = new ArrayList<>();
    private final String pid;

    /** Skips the calling test where this machine gives none. */
    public NetworkNamespace() {
        Program.NETWORK_NAMESPACE.need();
        Child holder = Child.start(
                Project.root(),
                Map.of(),
                List.of("unshare", "-n", "sh", "-c", "ip link set lo up && echo PID $$ && exec cat"));
        programs.add(holder);
        pid = holder.await("PID ", START);
    }

    /** Starts a program in it, to its first line of standard output that begins so. @return that program */
    public Child start(String ready, String... command) {
        Child child = Child.start(Project.root(), Map.of(), inside(List.of(command)));
        programs.add(child);
        child.await(ready, START);
        return child;
    }

    /** Runs {@code ./jbang} in it, to its end. What it runs must have been built: there is no network. */
    public Toolkit.Run run(Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Project.root().resolve("jbang").toString()));
        command.addAll(List.of(arguments));
        long start = System.nanoTime();
        try (Child child = Child.start(Project.root(), environment, inside(command))) {
            int exitCode = child.exitCode(Toolkit.LIMIT);
            return new Toolkit.Run(exitCode, child.out(), child.err(), (System.nanoTime() - start) / 1e9);
        }
    }

    private List<String> inside(List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net", "--target", pid, "--"));
        all.addAll(command);
        return all;
    }

    @Override
    public void close() {
        programs.forEach(Child::close);
    }
}
