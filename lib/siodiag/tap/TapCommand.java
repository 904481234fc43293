package siodiag.tap;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import siodiag.catalogue.Cause;
import siodiag.command.CredentialOptions;
import siodiag.command.OutputOptions;
import siodiag.command.ResultFile;
import siodiag.command.RunTime;
import siodiag.command.ServerAddress;
import siodiag.command.TargetOptions;
import siodiag.command.TypedCommand;
import siodiag.command.ViewOptions;
import siodiag.core.CannotRunException;
import siodiag.core.ExitCode;
import siodiag.core.Redactor;
import siodiag.core.Urls;
import siodiag.core.UsageException;
import siodiag.core.Version;
import siodiag.passive.PassiveExamination;
import siodiag.passive.PassiveResult;
import siodiag.protocol.Endpoint;
import siodiag.recording.RecordedEvent;
import siodiag.report.Result;
import siodiag.server.ServerEvent;
import siodiag.server.ServerObservers;
import siodiag.traffic.Traffic;
import siodiag.view.ConsoleFilter;
import siodiag.view.Statistics;
import siodiag.view.TrafficView;

/** Stands between real clients and the real server until Ctrl-C, then gives the result. */
@Command(
        name = "tap",
        mixinStandardHelpOptions = true,
        version = Version.NUMBER,
        sortOptions = false,
        description = {
            "A reverse proxy between real clients and the real server: passes every byte on, shows both directions",
            "decoded, and at the end gives the causes of what went wrong."
        },
        footer = {
            "",
            "Example: tap --to http://localhost:3000 --port 3001, then open http://127.0.0.1:3001 in the browser",
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:healthy, after --for",
            "20:degraded",
            "21:broken",
            "64:wrong usage",
            "70:could not start: port in use, a file not writable",
            "130:stopped by Ctrl-C; the result is given all the same"
        })
public final class TapCommand implements Callable<Integer> {
    @Option(names = "--to", paramLabel = "URL", required = true, description = "the real server, http or https")
    private String to;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "port to listen on (default: a free one, which is printed)")
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
            description = "the Engine.IO path for the result; Socket.IO is decoded at any path (default: the one seen)")
    private String path;

    @Option(names = "--insecure", description = "accept any TLS certificate of the server")
    private boolean insecure;

    @Option(
            names = "--client-cert",
            paramLabel = "FILE",
            description =
                    "a client certificate with its key for the server, PEM or PKCS#12 (password: $CLIENT_CERT_PASSWORD)")
    private Path certificate;

    @Option(
            names = "--learn",
            paramLabel = "FLOW.json",
            description = "write what the application does with events as a flow file, for run-all --flow")
    private Path learn;

    @Option(
            names = "--fault",
            paramLabel = "SPEC",
            description = {
                "disturb on purpose (repeatable): latency=200ms, cut=30s, refuse-websocket, status=502, drop=1%%,",
                "bandwidth=64k"
            })
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--metrics",
            paramLabel = "PORT",
            description = "serve GET /metrics for Prometheus at this port of loopback (0: a free one)")
    private Integer metrics;

    @Mixin
    private RunTime time = new RunTime();

    @Option(
            names = "--ignore",
            paramLabel = "CAUSE",
            description = "report CAUSE, but leave it out of the verdict (repeatable)")
    private List<String> ignored = new ArrayList<>();

    @Mixin
    private ViewOptions view = new ViewOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    private final Instant startedAt = Instant.now();
    private final long begun = System.nanoTime();
    private final PassiveExamination examination = new PassiveExamination();
    private ServerAddress server;
    private List<Fault> disturbing;
    private ConsoleFilter filter;
    private Set<Cause> causes;
    private boolean reported;

    @Override
    public Integer call() throws InterruptedException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        boolean shows = !output.jsonToStandardOutput() && !output.isQuiet();
        try (TrafficView shown =
                TrafficView.open(shows ? out : null, filter, view.record(), new Redactor(), output.isColourless())) {
            ServerObservers observers = new ServerObservers();
            shown.listeners().forEach(observers::add);
            observers.add(examination);
            MetricsPort scraped = metrics(observers);
            CopyQueue queue = new CopyQueue(CopyQueue.MAX_BYTES);
            Traffic traffic = new Traffic(observers::notify);
            TapServer tap = TapServer.start(config(), new TapCopy(queue, traffic));
            AutoCloseable running = () -> {
                if (scraped != null) {
                    scraped.close();
                }
                tap.close();
                queue.put(() -> traffic.finish(System.currentTimeMillis()));
                queue.close();
                shown.close();
            };
            Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(running), "interrupted"));
            announce(tap);
            queue.put(() -> observers.notify(start(tap)));
            time.await();
            running.close();
            decoderFailure(queue);
            return report().verdict().exitCode();
        } catch (CannotRunException | UsageException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new CannotRunException(e.getMessage());
        }
    }

    private void check() {
        server = ServerAddress.parse("--to", to);
        disturbing = faults.stream().map(Fault::parse).toList();
        if (port < 0 || port > 65_535) {
            throw new UsageException("--port " + port + ": must be from 0 to 65535");
        }
        if (metrics != null && (metrics < 0 || metrics > 65_535)) {
            throw new UsageException("--metrics " + metrics + ": must be from 0 to 65535");
        }
        time.check();
        causes = ignored.stream().map(TargetOptions::cause).collect(Collectors.toSet());
        filter = view.filter();
        output.checkWritable();
        if (learn != null) {
            ResultFile.checkWritable(learn);
        }
    }

    private TapConfig config() {
        Endpoint upstream = Endpoint.of(server.url()).with(CredentialOptions.certificate(certificate));
        return new TapConfig(host, port, upstream, insecure, new Faults(disturbing));
    }

    /** Null where none was asked for. */
    private MetricsPort metrics(ServerObservers observers) throws IOException {
        if (metrics == null) {
            return null;
        }
        Statistics statistics = new Statistics();
        observers.add(statistics);
        MetricsPort port = MetricsPort.open(metrics, statistics);
        spec.commandLine().getErr().println("metrics at " + port.url());
        return port;
    }

    private ServerEvent start(TapServer tap) {
        return ServerEvent.note(
                RecordedEvent.Kind.START,
                RecordedEvent.Direction.NONE,
                "tap at " + Urls.http(host, tap.port()) + " in front of " + server.url());
    }

    private void announce(TapServer tap) {
        PrintWriter to = output.jsonToStandardOutput()
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        to.println("tap on " + Urls.http(host, tap.port()) + ", in front of " + server.url()
                + ": let clients connect here" + (time.isLimited() ? "" : "; Ctrl-C ends it and gives the result"));
        if (!faults.isEmpty()) {
            to.println(
                    "disturbed on purpose: " + String.join(", ", faults) + "; what follows from it is not diagnosed");
        }
        if (!Urls.isLoopback(host)) {
            to.println("WARNING: reachable from other machines");
        }
        to.flush();
    }

    private void decoderFailure(CopyQueue queue) {
        if (queue.failure() != null) {
            spec.commandLine().getErr().println("tap: a packet could not be decoded: " + queue.failure());
            if (output.isVerbose()) {
                queue.failure().printStackTrace(spec.commandLine().getErr());
            }
        }
    }

    private synchronized Result report() {
        Result.Run run = new Result.Run(
                spec.name(),
                new Redactor().hide(TypedCommand.of(spec)),
                startedAt,
                Duration.ofNanos(System.nanoTime() - begun),
                false);
        Result result = PassiveResult.of(
                run,
                examination,
                server.url(),
                path == null ? server.path() : path,
                causes,
                Excuses.of(disturbing),
                System.currentTimeMillis());
        if (!reported) {
            reported = true;
            output.write(result, spec.commandLine().getOut());
            learn();
        }
        return result;
    }

    private void learn() {
        if (learn != null) {
            PrintWriter to = output.jsonToStandardOutput()
                    ? spec.commandLine().getErr()
                    : spec.commandLine().getOut();
            LearnedFiles.write(learn, examination.learned(new Redactor()), server.url(), to);
            to.flush();
        }
    }

    private void interrupted(AutoCloseable running) {
        if (reported) {
            return;
        }
        try {
            running.close();
            report();
        } catch (Exception failure) {
            System.err.println("tap: " + failure.getMessage());
        }
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
}
