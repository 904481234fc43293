package siodiag;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** A program that some tests need, how to ask whether it is there, and the Debian package that brings it. */
enum Program {
    NODE("nodejs npm", "npm", "--version"),
    PYTHON_SOCKETIO("python3-socketio python3-aiohttp", "/usr/bin/python3", "-c", "import socketio, aiohttp"),
    UVICORN("python3-uvicorn python3-wsproto", "/usr/bin/python3", "-c", "import uvicorn, wsproto"),
    NGINX("nginx-light", "nginx", "-v"),
    HAPROXY("haproxy", "haproxy", "-v"),
    REDIS("redis-server", "redis-server", "--version"),
    OPENSSL("openssl", "openssl", "version"),
    CHROMIUM("chromium", "chromium", "--version"),
    TMUX("tmux", "tmux", "-V"),
    ZSH("zsh", "zsh", "--version");

    private final String packages;
    private final List<String> question;
    private Boolean present;

    Program(String packages, String... question) {
        this.packages = packages;
        this.question = List.of(question);
    }

    /** Skips the calling test where the program is missing. */
    void need() {
        Assumptions.assumeTrue(present(), () -> "needs: apt-get install " + packages);
    }

    synchronized boolean present() {
        if (present == null) {
            present = answers(question);
        }
        return present;
    }

    /** One line on standard error that brings all that is missing, if anything is. */
    static void announceMissing() {
        String missing = Arrays.stream(values()).filter(program -> !program.present())
                .map(program -> program.packages).collect(Collectors.joining(" "));
        if (!missing.isEmpty()) {
            System.err.println("some tests will be skipped; to run them all: apt-get install " + missing);
        }
    }

    private static boolean answers(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (java.io.IOException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
