package siodiag.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The npm packages of the tests, installed once and again when the lock file has changed. */
final class NodeModules {
    private NodeModules() {}

    static void install() throws IOException, InterruptedException {
        Path tests = Project.root().resolve("tests");
        if (!Program.NODE.present() || upToDate(tests)) {
            return;
        }
        System.err.println("installing the npm packages of the tests");
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--loglevel=error")
                .directory(tests.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (npm.waitFor() != 0) {
            throw new IOException("npm could not install the packages of tests/: try 'npm ci' there to see why");
        }
    }

    private static boolean upToDate(Path tests) throws IOException {
        Path installed = tests.resolve("node_modules/.package-lock.json");
        Path wanted = tests.resolve("package-lock.json");
        return Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0;
    }
}
