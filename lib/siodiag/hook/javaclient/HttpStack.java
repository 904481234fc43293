package siodiag.hook.javaclient;

import java.io.IOException;
import java.net.CookieManager;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.java.net.cookiejar.JavaNetCookieJar;
import siodiag.protocol.ClientCertificate;
import siodiag.protocol.Credentials;
import siodiag.protocol.Tls;
import siodiag.target.Target;

/**
 * The OkHttp client below the Socket.IO client: one of its own for each, so that nothing is shared with other sockets
 * and all of it, threads included, ends with {@link #close}.
 */
final class HttpStack implements AutoCloseable {
    /** The longest HTTP answer or WebSocket message that is read, in bytes: as with the raw probes. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final int MAX_REQUESTS = 64;
    private static final Duration CLOSE_GRACE = Duration.ofMillis(500);

    private final ExecutorService threads = Executors.newCachedThreadPool(HttpStack::daemon);
    private final Dispatcher dispatcher = new Dispatcher(threads);
    private final ConnectionPool pool = new ConnectionPool();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private final OkHttpClient client;
    private final String token;
    private final WebSocket.Factory webSockets;

    HttpStack(Target target, TransportTrace trace) {
        dispatcher.setMaxRequests(MAX_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(pool)
                .cookieJar(cookies())
                .addInterceptor(new BoundedAnswers(trace, MAX_BYTES))
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .connectTimeout(target.timeout())
                // A poll is answered when there is something to say: Socket.IO's heartbeat is its time limit.
                .readTimeout(Duration.ZERO);
        Credentials shown = target.credentials();
        token = shown.token();
        if (!shown.headers().isEmpty()) {
            builder.addNetworkInterceptor(chain -> chain.proceed(withHeaders(chain.request(), shown.headers())));
        }
        ClientCertificate certificate = shown.certificate();
        if (target.insecure()) {
            builder.sslSocketFactory(
                            (certificate == null ? Tls.CONTEXT : certificate.trustingAll()).getSocketFactory(),
                            Tls.TRUST_ALL)
                    .hostnameVerifier((host, session) -> true);
        } else if (certificate != null) {
            builder.sslSocketFactory(certificate.trustingDefault().getSocketFactory(), Tls.trustingDefault());
        }
        client = builder.build();
        webSockets = new WebSocketFactory(client, trace, MAX_BYTES);
    }

    /** Cookies for as long as a client lives: without them a balancer with sticky cookies loses the session. */
    static CookieJar cookies() {
        return new JavaNetCookieJar(new CookieManager());
    }

    Call.Factory calls() {
        return client;
    }

    WebSocket.Factory webSockets() {
        return webSockets;
    }

    /** The request's own headers, and the stated ones; cookies of both. */
    private static Request withHeaders(Request request, Map<String, String> stated) {
        Request.Builder more = request.newBuilder();
        stated.forEach((name, value) -> {
            String own = name.equalsIgnoreCase("cookie") ? request.header(name) : null;
            more.header(name, own == null ? value : value + "; " + own);
        });
        return more.build();
    }

    /** Posts JSON as hooks do. The future has the status; it fails where no answer comes. */
    CompletableFuture<Integer> post(String url, String json) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Request.Builder builder =
                new Request.Builder().url(url).post(RequestBody.create(json, MediaType.get("application/json")));
        if (token != null) {
            builder.header("X-Auth-Token", token);
        }
        Request request = builder.build();
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
            idle.get(CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS);
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
