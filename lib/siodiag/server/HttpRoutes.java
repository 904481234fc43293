package siodiag.server;

import io.netty.handler.codec.http.FullHttpRequest;

/** What is served over HTTP besides Socket.IO. */
public interface HttpRoutes {
    void handle(ServerExchange exchange, FullHttpRequest request);
}
