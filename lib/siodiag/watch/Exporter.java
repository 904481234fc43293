package siodiag.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import siodiag.core.Text;
import siodiag.core.Urls;
import siodiag.core.UsageException;
import siodiag.view.PrometheusText;

/** {@code GET /metrics}, {@code GET /probe?target=URL} and {@code GET /healthz}, for Prometheus and whoever runs this. */
final class Exporter implements AutoCloseable {
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final int MAX_THREADS = 32;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    /** For the way back to Prometheus, within its own timeout. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final HttpServer server;
    private final ExecutorService threads = new ThreadPoolExecutor(
            1,
            MAX_THREADS,
            60,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Daemons.named("metrics"),
            new ThreadPoolExecutor.CallerRunsPolicy());
    private final List<TargetWatch> targets;
    private final Prober prober;
    private final String host;

    /** @throws IOException where the port can't be bound */
    Exporter(String host, int port, List<TargetWatch> targets, Prober prober) throws IOException {
        this.host = host;
        this.targets = targets;
        this.prober = prober;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException failure) {
            throw new IOException("--metrics " + port + ": " + failure.getMessage(), failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return Urls.http(host, server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                send(exchange, 405, PLAIN, "only GET\n");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> send(exchange, 200, PrometheusText.CONTENT_TYPE, WatchMetrics.of(targets));
                case "/probe" -> probe(exchange);
                case "/healthz" -> send(exchange, 200, PLAIN, "ok\n");
                default -> send(exchange, 404, PLAIN, "/metrics, /probe?target=URL, /healthz\n");
            }
        } catch (RuntimeException failure) {
            send(exchange, 500, PLAIN, "internal error\n");
        } finally {
            exchange.close();
        }
    }

    private void probe(HttpExchange exchange) throws IOException {
        Optional<String> target = parameter(exchange, "target");
        if (target.isEmpty()) {
            send(exchange, 400, PLAIN, "which? /probe?target=URL\n");
            return;
        }
        try {
            send(exchange, 200, PrometheusText.CONTENT_TYPE, prober.probe(target.get(), timeout(exchange)));
        } catch (UsageException wrong) {
            send(exchange, 400, PLAIN, Text.cut(wrong.getMessage(), 400) + "\n");
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** As Prometheus tells it, so that a slow target is an answer and no failed scrape. */
    private static Duration timeout(HttpExchange exchange) {
        String seconds = exchange.getRequestHeaders().getFirst("X-Prometheus-Scrape-Timeout-Seconds");
        try {
            double stated = seconds == null ? 0 : Double.parseDouble(seconds);
            return stated > 0 && stated < 3600
                    ? Duration.ofMillis(Math.max(100, (long) (stated * 1000) - MARGIN.toMillis()))
                    : DEFAULT_TIMEOUT;
        } catch (NumberFormatException notOne) {
            return DEFAULT_TIMEOUT;
        }
    }

    private static Optional<String> parameter(HttpExchange exchange, String name) {
        String query = exchange.getRequestURI().getRawQuery();
        try {
            return query == null
                    ? Optional.empty()
                    : Arrays.stream(query.split("&"))
                            .filter(pair -> pair.startsWith(name + "="))
                            .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                            .filter(value -> !value.isBlank())
                            .findFirst();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
