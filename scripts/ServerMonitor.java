///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION A server in place of the real one; shows all it receives
//SOURCES ../lib/Diagnostics.java
//FILES dashboard.html=../dashboard.html
// One busy thread and short work: the quick compiler and the small collector beat the big ones here, from the start.
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import siodiag.catalogue.Cause;
import siodiag.cli.Commands;
import siodiag.command.RunTime;
import siodiag.command.TargetOptions;
import siodiag.command.ViewOptions;
import siodiag.core.CannotRunException;
import siodiag.core.ExitCode;
import siodiag.core.UsageException;
import siodiag.view.ConsoleFilter;
import siodiag.monitor.MonitorRun;
import siodiag.server.ServerBehaviour;
import siodiag.server.ServerConfig;

/** Serves until Ctrl-C. Opens a port, changes nothing else; see {@code --record} for the one file it writes. */
@Command(
        name = "monitor",
        mixinStandardHelpOptions = true,
        version = siodiag.core.Version.NUMBER,
        sortOptions = false,
        description = {
            "A Socket.IO server that takes the place of the real one and shows everything that reaches it.",
            "Relays event E of namespace /n as echo_E to room n_room (the echo flow)."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:stopped after --for",
            "64:wrong usage",
            "70:could not start: port in use, record not writable",
            "130:stopped by Ctrl-C"
        })
public final class ServerMonitor implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "${env:CLAUDE_MPM_SOCKETIO_PORT:-8765}",
            description = "port to listen on, 0 for a free one (default: $CLAUDE_MPM_SOCKETIO_PORT, otherwise 8765)")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "127.0.0.1",
            description = "address to listen on (default: ${DEFAULT-VALUE}, this machine only)")
    private String host;

    @Option(
            names = "--path",
            paramLabel = "P",
            defaultValue = "/socket.io",
            description = "the Engine.IO path (default: ${DEFAULT-VALUE})")
    private String path;

    @Option(
            names = "--like",
            paramLabel = "SERVER",
            description = {
                "behave like this server: claude-mpm (the current one: only /, "
                        + "no token, its health, categories, welcome and heartbeats; a CONNECT with an auth object, which it never "
                        + "answers, is served and noted), or claude-mpm-strict (such a CONNECT is not answered)"
            })
    private String like;

    @Option(
            names = "--token",
            paramLabel = "T",
            description = "the token that clients must send as auth.token; "
                    + "empty: accept everybody (default: $CLAUDE_MPM_SOCKETIO_TOKEN, otherwise dev-token)")
    private String token;

    @Option(
            names = "--namespaces",
            paramLabel = "A,B",
            split = ",",
            description = "namespaces to serve in addition to / (default: claude-mpm's eight)")
    private List<String> namespaces = ServerConfig.defaults().namespaces();

    @Option(
            names = "--allow-origin",
            paramLabel = "O",
            split = ",",
            description = "web origins to accept in addition to file:// pages and this host; * for all")
    private List<String> origins = List.of();

    @Option(
            names = "--handlers",
            paramLabel = "A,B",
            split = ",",
            description = "groups of event handlers to register (default: all six)")
    private List<String> handlers = ServerConfig.defaults().handlers();

    @Option(
            names = "--max-clients",
            paramLabel = "N",
            defaultValue = "1000",
            description = "maximum number of connected clients (default: ${DEFAULT-VALUE})")
    private int maxClients;

    @Option(
            names = "--admin",
            paramLabel = "USER:PASSWORD",
            description = "accept the Socket.IO Admin UI on /admin with these credentials (default: off)")
    private String admin;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = "join all monitors that use this Redis into one: "
                    + "redis[s]://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]")
    private URI redis;

    @Mixin
    private ViewOptions view = new ViewOptions();

    @Mixin
    private RunTime time = new RunTime();

    @Option(names = "--no-color", description = "no colour; also: NO_COLOR in the environment")
    private boolean noColor;

    public static void main(String... arguments) {
        System.exit(Commands.execute(new ServerMonitor(), arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        time.check();
        ConsoleFilter shown = view.filter();
        ServerConfig config = config();
        PrintWriter out = spec.commandLine().getOut();
        try (MonitorRun run = MonitorRun.start(config, shown, view.record(), out, noColor)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> closeQuietly(run)));
            announce(run, out);
            time.await();
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CannotRunException(e.getMessage());
        }
    }

    private void announce(MonitorRun run, PrintWriter out) {
        out.println("monitor on " + run.server().url() + "  (/dashboard, /diagnostic/status, /metrics)");
        if (like != null) {
            out.println("behaves like " + like + ": only /, no token, hooks POST to /api/events");
        }
        if (!run.server().missingHandlers().isEmpty()) {
            out.println(Cause.HANDLERS_MISSING.describe(
                    String.join(", ", run.server().missingHandlers())));
        }
        if (!run.server().isLoopback()) {
            out.println("WARNING: reachable from other machines; anyone with the token can see and send everything");
        }
        out.flush();
    }

    private ServerConfig config() {
        try {
            return like == null ? own() : played();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private ServerConfig own() {
        return common().token(TargetOptions.tokenOr(token))
                .namespaces(namespaces)
                .handlers(handlers);
    }

    private ServerConfig played() {
        for (String option : List.of("--token", "--namespaces", "--handlers")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new UsageException("--like " + like + " cannot be combined with " + option);
            }
        }
        return common().like(ServerBehaviour.named(like));
    }

    private ServerConfig common() {
        return ServerConfig.defaults()
                .host(host)
                .port(port)
                .path(path)
                .origins(origins)
                .maxClients(maxClients)
                .admin(admin)
                .redis(redis);
    }

    private static void closeQuietly(MonitorRun run) {
        try {
            run.close();
        } catch (IOException e) {
            System.err.println("monitor: " + e.getMessage());
        }
    }
}
