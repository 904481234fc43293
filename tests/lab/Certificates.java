package siodiag.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;

/** The lab's certificates, made once a run when the first scenario asks for one. */
public final class Certificates {
    private static Path folder;

    private Certificates() {}

    public static synchronized Path folder() {
        if (folder == null) {
            Program.OPENSSL.need();
            folder = make();
        }
        return folder;
    }

    private static Path make() {
        try {
            Path made = Files.createTempDirectory("lab-certificates");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
            String script = Project.root().resolve("tests/lab/certificates.sh").toString();
            try (Child child = Child.start(made, Map.of(), List.of("sh", script, made.toString()))) {
                if (child.exitCode(Duration.ofSeconds(30)) != 0) {
                    throw new AssertionError("no certificates: " + child.err());
                }
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path made) {
        for (java.io.File file : made.toFile().listFiles()) {
            file.delete();
        }
        made.toFile().delete();
    }
}
