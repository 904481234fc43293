package siodiag.harness;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** A program that some tests need, how to ask whether it is there, and the Debian package that brings it. */
public enum Program {
    NODE("nodejs npm", "npm", "--version"),
    PYTHON_SOCKETIO(
            "python3-socketio python3-aiohttp python3-msgpack",
            "/usr/bin/python3",
            "-c",
            "import socketio, aiohttp, msgpack"),
    PYTHON_APPLICATIONS(
            "python3-aiohttp python3-daphne python3-django python3-eventlet python3-fastapi python3-flask-socketio "
                    + "python3-gevent-websocket python3-hypercorn python3-jwt python3-msgpack python3-tornado python3-uvicorn",
            "/usr/bin/python3",
            "-c",
            "import sys; from importlib.util import find_spec; sys.exit(not all(map(find_spec, "
                    + "'aiohttp daphne django eventlet fastapi flask_socketio geventwebsocket hypercorn jwt msgpack tornado uvicorn'"
                    + ".split())))"),
    UVICORN("python3-uvicorn python3-wsproto", "/usr/bin/python3", "-c", "import uvicorn, wsproto"),
    GUNICORN(
            "gunicorn python3-socketio python3-wsproto",
            "/usr/bin/python3",
            "-c",
            "import gunicorn, socketio, wsproto"),
    NGINX("nginx-light", "nginx", "-v"),
    HAPROXY("haproxy", "haproxy", "-v"),
    PYTHON_YAML("python3-yaml", "/usr/bin/python3", "-c", "import yaml"),
    PROMETHEUS("prometheus", "prometheus", "--version"),
    REDIS("redis-server", "redis-server", "--version"),
    NETWORK_NAMESPACE("iproute2 (as root)", "unshare", "-n", "ip", "link", "set", "lo", "up"),
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
    public void need() {
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
        String missing = Arrays.stream(values())
                .filter(program -> !program.present())
                .map(program -> program.packages)
                .collect(Collectors.joining(" "));
        if (!missing.isEmpty()) {
            System.err.println("some tests will be skipped; to run them all: apt-get install " + missing);
        }
    }

    private static boolean answers(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (java.io.IOException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
