package siodiag.tap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import siodiag.view.Statistics;
import siodiag.view.PrometheusText;
import siodiag.view.TrafficMetrics;

/** {@code GET /metrics} for Prometheus, on loopback, at a port of its own: the tap's port belongs to the application. */
final class MetricsPort implements AutoCloseable {
    private final HttpServer server;

    private MetricsPort(HttpServer server) {
        this.server = server;
    }

    /** @throws IOException if the port can't be bound */
    static MetricsPort open(int port, Statistics statistics) throws IOException {
        TrafficMetrics metrics = new TrafficMetrics("socketio_tap_", statistics);
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException failure) {
            throw new IOException("--metrics " + port + ": " + failure.getMessage(), failure);
        }
        server.createContext("/metrics", exchange -> answer(exchange, metrics));
        server.start();
        return new MetricsPort(server);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, TrafficMetrics metrics) throws IOException {
        byte[] text = metrics.text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", PrometheusText.CONTENT_TYPE);
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }
}
