///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION A Socket.IO server that stands in for the real one and shows everything that reaches it
//SOURCES ../lib/Kit.java
//FILES dashboard.html=../dashboard.html
// One busy thread and short work: the quick compiler and the small collector beat the big ones here, from the start.
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import siodiag.BadInput;
import siodiag.CannotRun;
import siodiag.Cause;
import siodiag.Commands;
import siodiag.ExitCode;
import siodiag.MonitorConfig;
import siodiag.MonitorRun;
import siodiag.MonitorView;
import siodiag.TargetOptions;

/** Serves until Ctrl-C. Opens a port, changes nothing else; see {@code --record} for the one file it writes. */
@Command(name = "monitor", mixinStandardHelpOptions = true, version = siodiag.Result.VERSION, sortOptions = false,
        description = {"A Socket.IO server that stands in for the real one and shows everything that reaches it.",
            "Relays an event E of /n as echo_E to room n_room, as the echo flow says."},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:stopped after --for", "64:wrong usage", "70:could not start: port in use, record not writable",
            "130:stopped by Ctrl-C"})
public final class ServerMonitor implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "N", defaultValue = "${env:CLAUDE_MPM_SOCKETIO_PORT:-8765}",
            description = "port to listen on, 0 for a free one (default: $CLAUDE_MPM_SOCKETIO_PORT, else 8765)")
    private int port;

    @Option(names = "--host", paramLabel = "H", defaultValue = "127.0.0.1",
            description = "address to listen on (default: ${DEFAULT-VALUE}, this machine only)")
    private String host;

    @Option(names = "--path", paramLabel = "P", defaultValue = "/socket.io",
            description = "the Engine.IO path (default: ${DEFAULT-VALUE})")
    private String path;

    @Option(names = "--token", paramLabel = "T", description = "what clients must present as auth.token; empty lets "
            + "everybody in (default: $CLAUDE_MPM_SOCKETIO_TOKEN, else dev-token)")
    private String token;

    @Option(names = "--namespaces", paramLabel = "A,B", split = ",",
            description = "the namespaces there are besides / (default: claude-mpm's eight)")
    private List<String> namespaces = MonitorConfig.defaults().namespaces();

    @Option(names = "--allow-origin", paramLabel = "O", split = ",",
            description = "web origins to let in besides file:// pages and this host's own; * for all")
    private List<String> origins = List.of();

    @Option(names = "--handlers", paramLabel = "A,B", split = ",",
            description = "the groups of event handlers to register (default: all six)")
    private List<String> handlers = MonitorConfig.defaults().handlers();

    @Option(names = "--max-clients", paramLabel = "N", defaultValue = "1000",
            description = "most clients at one time (default: ${DEFAULT-VALUE})")
    private int maxClients;

    @Option(names = "--admin", paramLabel = "USER:PASSWORD",
            description = "let the Socket.IO Admin UI connect to /admin with these credentials (default: off)")
    private String admin;

    @Option(names = "--redis", paramLabel = "URL",
            description = "join all monitors at this Redis into one: redis://[:password@]host[:port]")
    private URI redis;

    @Option(names = "--record", paramLabel = "FILE",
            description = "append everything to this file, one JSON object a line; hook-test --replay sends it again")
    private Path record;

    @Option(names = "--namespace", paramLabel = "A,B", split = ",", description = "show only these namespaces")
    private List<String> shownNamespaces = List.of();

    @Option(names = "--event", paramLabel = "GLOB", split = ",",
            description = "show only events of such names: user_*, *_tool")
    private List<String> shownEvents = List.of();

    @Option(names = "--only", paramLabel = "in|out|errors", defaultValue = "all",
            description = "show only what comes in, goes out, or is an error")
    private MonitorView.Only only;

    @Option(names = "--show-payload", paramLabel = "N", arity = "0..1", fallbackValue = "200", defaultValue = "0",
            description = "show arguments, cut to N characters (default: 200)")
    private int payload;

    @Option(names = "--for", paramLabel = "SECONDS", defaultValue = "0",
            description = "stop after so many seconds (default: run until Ctrl-C)")
    private double seconds;

    @Option(names = "--no-color", description = "no colour; also: NO_COLOR in the environment")
    private boolean noColor;

    public static void main(String... arguments) {
        System.exit(Commands.execute(new ServerMonitor(), arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!(seconds >= 0)) {
            throw new BadInput("--for " + seconds + ": how many seconds, or 0 for no end");
        }
        if (payload < 0) {
            throw new BadInput("--show-payload " + payload + ": how many characters, 0 for none");
        }
        MonitorConfig config = config();
        PrintWriter out = spec.commandLine().getOut();
        try (MonitorRun run = MonitorRun.start(config, view(), record, out, noColor)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> closeQuietly(run)));
            announce(run, out);
            run.await(seconds);
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CannotRun(e.getMessage());
        }
    }

    private void announce(MonitorRun run, PrintWriter out) {
        out.println("monitor on " + run.server().url() + "  (dashboard: /dashboard, state: /diagnostic/status, /metrics)");
        if (!run.server().missingHandlers().isEmpty()) {
            out.println(Cause.HANDLERS_MISSING.told(String.join(", ", run.server().missingHandlers())));
        }
        if (!run.server().isLoopback()) {
            out.println("WARNING: reachable from other machines; whoever has the token can see and send everything");
        }
        out.flush();
    }

    private MonitorConfig config() {
        try {
            return MonitorConfig.defaults().host(host).port(port).path(path).token(TargetOptions.tokenOr(token))
                    .namespaces(namespaces).origins(origins).handlers(handlers).maxClients(maxClients).admin(admin)
                    .redis(redis);
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage());
        }
    }

    private MonitorView view() {
        return new MonitorView(shownNamespaces, shownEvents, only, payload);
    }

    private static void closeQuietly(MonitorRun run) {
        try {
            run.close();
        } catch (IOException e) {
            System.err.println("monitor: " + e.getMessage());
        }
    }
}
