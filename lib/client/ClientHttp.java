package siodiag;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;

/**
 * The OkHttp client below the Socket.IO client: one of its own for each, so that nothing is shared with other sockets
 * and all of it, threads included, ends with {@link #close}.
 */
final class ClientHttp implements AutoCloseable {
    /** The longest HTTP answer or WebSocket message that is read, in bytes: as with the raw probes. */
    static final int LONGEST = 4 * 1024 * 1024;
    private static final int MOST_REQUESTS = 64;
    private static final Duration GOODBYE = Duration.ofMillis(500);

    private final ExecutorService threads = Executors.newCachedThreadPool(ClientHttp::daemon);
    private final Dispatcher dispatcher = new Dispatcher(threads);
    private final ConnectionPool pool = new ConnectionPool();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private final OkHttpClient client;
    private final WebSocket.Factory webSockets;

    ClientHttp(Target target, ClientTrace trace) {
        dispatcher.setMaxRequests(MOST_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MOST_REQUESTS);
        OkHttpClient.Builder builder = new OkHttpClient.Builder().dispatcher(dispatcher).connectionPool(pool)
                .cookieJar(new ClientCookies()).addInterceptor(new ClientAnswers(trace, LONGEST))
                .proxy(Proxy.NO_PROXY).protocols(List.of(Protocol.HTTP_1_1)).followRedirects(false)
                .connectTimeout(target.timeout())
                // A poll is answered when there is something to say: Socket.IO's heartbeat is its time limit.
                .readTimeout(Duration.ZERO);
        if (target.insecure()) {
            builder.sslSocketFactory(Tls.CONTEXT.getSocketFactory(), Tls.TRUST_ALL)
                    .hostnameVerifier((host, session) -> true);
        }
        client = builder.build();
        webSockets = new ClientWebSockets(client, trace, LONGEST);
    }

    Call.Factory calls() {
        return client;
    }

    WebSocket.Factory webSockets() {
        return webSockets;
    }

    /** Posts JSON as hooks do. The future has the status; it fails where no answer comes. */
    CompletableFuture<Integer> post(String url, String token, String json) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Request request = new Request.Builder().url(url).header("X-Auth-Token", token)
                .post(RequestBody.create(json, MediaType.get("application/json"))).build();
        client.newCall(request).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                response.close();
                status.complete(response.code());
            }

            @Override
            public void onFailure(Call call, IOException failure) {
                status.completeExceptionally(failure);
            }
        });
        return status;
    }

    /** Lets what is being said be said, for half a second at most, and ends every call, connection and thread. */
    @Override
    public void close() {
        dispatcher.setIdleCallback(() -> idle.complete(null));
        if (dispatcher.runningCallsCount() > 0) {
            awaitIdle();
        }
        dispatcher.cancelAll();
        threads.shutdownNow();
        pool.evictAll();
    }

    private void awaitIdle() {
        try {
            idle.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException talkative) {
            // It is cut off.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "java-client");
        thread.setDaemon(true);
        return thread;
    }
}
