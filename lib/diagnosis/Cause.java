package siodiag;

import static siodiag.Severity.ERROR;
import static siodiag.Severity.WARNING;

import java.util.Locale;

/**
 * The catalogue of causes: the hop, the severity, what it means, and what to do about it.
 * In a summary, {@code {}} stands for what the cause was seen on.
 */
public enum Cause {
    PORT_IN_USE(Hop.STARTUP, ERROR,
            "The diagnostic's own server can't bind: {}.",
            "Stop the process that holds the port, or choose another one; 0 takes a free one."),
    HANDLERS_MISSING(Hop.STARTUP, ERROR,
            "The monitor started with fewer event handlers than configured: {} is missing.",
            "Register the missing handlers before the server starts; see the monitor's --handlers option."),

    HOST_UNRESOLVED(Hop.RESOLVE, ERROR,
            "The host name {} has no address.",
            "Check the spelling of the host in the URL, then the resolver (getent hosts NAME). In a container, use the "
                    + "name of the service on the container network."),

    CONNECTION_REFUSED(Hop.TCP, ERROR,
            "Nothing listens at {}.",
            "Start the server, or correct host and port. If it runs, see what it is bound to (ss -ltnp): a server bound "
                    + "to 127.0.0.1 can't be reached from another host or container; bind 0.0.0.0 there."),
    CONNECT_TIMEOUT(Hop.TCP, ERROR,
            "No answer to the attempt to connect to {}.",
            "A firewall, security group or wrong host drops the packets. Allow the port, or correct the host; try from "
                    + "the server's own machine to tell which."),
    CONNECTION_RESET(Hop.TCP, ERROR,
            "{} accepts the connection and closes it at once, without a byte.",
            "Something in front of the server gives up: a port forwarder (docker -p) whose target is bound to its own "
                    + "loopback, a proxy without upstream, an address filter. Bind the server to 0.0.0.0 in its "
                    + "container, or follow the connection one step further."),

    TLS_ON_PLAIN_PORT(Hop.TLS, ERROR,
            "{} speaks plain HTTP; https was used.",
            "Use http:// (ws://) in the URL, or put the server behind TLS."),
    PLAIN_ON_TLS_PORT(Hop.TLS, ERROR,
            "{} speaks TLS; http was used.",
            "Use https:// (wss://) in the URL."),
    CERTIFICATE_EXPIRED(Hop.TLS, ERROR,
            "The certificate of {} is outside its validity period.",
            "Renew the certificate and reload the server or proxy that presents it; check this machine's clock."),
    CERTIFICATE_HOST_MISMATCH(Hop.TLS, ERROR,
            "The certificate is not for {}.",
            "Use a host name that the certificate names, or issue one with this name in its subjectAltName."),
    CERTIFICATE_UNTRUSTED(Hop.TLS, ERROR,
            "The certificate of {} is signed by nobody this machine trusts.",
            "Serve the full chain (certificate and intermediates); for a private CA, add it to the clients' trust store "
                    + "(Node: ca option or NODE_EXTRA_CA_CERTS, Python: SSL_CERT_FILE, Java: keytool -importcert). "
                    + "--insecure tests on without it."),

    NO_RESPONSE(Hop.HTTP, ERROR,
            "{} accepts the connection and then says nothing.",
            "The process behind the port is blocked or is no HTTP server. Look at its CPU and stack (py-spy dump, "
                    + "node --inspect, jstack); restart it; check that the port belongs to the server you mean. A bare "
                    + "Node server (http.createServer() without a listener) is also silent at every path but Socket.IO's: "
                    + "check the path, and that allowRequest calls back on every branch."),
    NOT_HTTP(Hop.HTTP, ERROR,
            "What answers at {} is no HTTP server.",
            "Another service holds this port: see the first bytes in the evidence, find it with ss -ltnp, and use the "
                    + "Socket.IO server's own port."),
    HTTP_ERROR(Hop.HTTP, ERROR,
            "The server answers with {}.",
            "502, 503 or 504 from a proxy: its upstream, or one of several, is down or slow; start the Socket.IO "
                    + "server, correct proxy_pass, and read the proxy's error log. 500 from the application itself: read its log at the "
                    + "time of this check."),
    REDIRECTED(Hop.HTTP, ERROR,
            "The endpoint redirects to {}; Socket.IO clients do not follow redirects.",
            "Use the target of the redirect as the URL in every client, or exempt the Socket.IO path from the redirect."),

    NOT_SOCKETIO(Hop.ENGINE, ERROR,
            "An HTTP server answers at {}, without Socket.IO.",
            "Correct the host, port or path; if the server is meant to have Socket.IO, attach it to the HTTP server that "
                    + "really listens, and route its path before any catch-all.",
            "new Server(httpServer), then httpServer.listen(PORT): app.listen() makes another HTTP server, which has no Socket.IO.",
            "Serve the wrapping app: socketio.ASGIApp(sio, app) or sio.attach(aiohttp_app); not the inner app.", null),
    PLAIN_WEBSOCKET(Hop.ENGINE, ERROR,
            "A WebSocket server answers at {} that does not speak Engine.IO.",
            "Use a plain WebSocket client there, or run a Socket.IO server: the two do not understand each other."),
    WRONG_PATH(Hop.ENGINE, ERROR,
            "Socket.IO answers at another path: {}.",
            "Give that path to every client (path option; --path here), or move the server. A proxy or mount point that "
                    + "strips a prefix moves it too (nginx: proxy_pass with a path, even /, replaces the location's).",
            "io(URL, { path: \"…\" }) on the client must equal new Server(http, { path: \"…\" }).",
            "The path is the mount point plus socketio_path: socketio.ASGIApp(sio, socketio_path=…); clients pass socketio_path=….",
            "IO.Options.builder().setPath(\"…\") must equal Configuration.setContext(\"…\")."),
    ENGINE_VERSION_MISMATCH(Hop.ENGINE, ERROR,
            "The server speaks {}; today's clients speak Engine.IO 4 (Socket.IO 3 and 4).",
            "Bring server and clients to the same major version: upgrade the server, or use Socket.IO 2 clients "
                    + "(JavaScript socket.io-client@2, python-socketio 4, socket.io-client-java 1). Behind a proxy, see "
                    + "that the query (EIO=4) gets through: nginx loses it in proxy_pass http://host$uri.",
            "npm install socket.io@4 on the server; allowEIO3: true lets old clients in meanwhile.",
            "pip install 'python-socketio>=5' on the server (4.x and older speak Engine.IO 3).", null),
    HANDSHAKE_INVALID(Hop.ENGINE, ERROR,
            "The answer to the handshake at {} can't be used.",
            "A server or proxy damages the answer, or it is no Engine.IO server: compare with a request that goes to the "
                    + "server directly, and switch off rewriting, recompression and injection on the way."),
    HANDSHAKE_FORBIDDEN(Hop.ENGINE, ERROR,
            "The server refuses the handshake by policy: {}.",
            "The refusal comes before any namespace, so the auth token is not even seen: look at what decides on "
                    + "headers, query, cookies or addresses at this stage.",
            "See the allowRequest option, and io.engine.use() middleware.",
            "See the engineio connect handler and the authentication of the web framework in front.",
            "See AuthorizationListener: it sees headers and query, never the auth object."),
    HANDSHAKE_TIMEOUT(Hop.ENGINE, ERROR,
            "The answer to the handshake at {} does not come to an end.",
            "The server's event loop is blocked, or a proxy buffers the answer: look at the server's CPU and stack, and "
                    + "switch off buffering for the path (nginx: proxy_buffering off)."),
    ORIGIN_REJECTED(Hop.ENGINE, ERROR,
            "A page from {} is not let in (CORS).",
            "Allow the page's origin, in exactly one layer (server or proxy, not both).",
            "new Server(http, { cors: { origin: \"https://the-page\", credentials: true } }); Express' cors() does not cover Socket.IO.",
            "socketio.AsyncServer(cors_allowed_origins=[\"https://the-page\"]).",
            "Configuration.setOrigin(\"https://the-page\")."),

    WEBSOCKET_BLOCKED(Hop.TRANSPORT, WARNING,
            "Polling works, WebSocket does not at {}.",
            "Most often a proxy without upgrade headers. nginx: proxy_http_version 1.1; proxy_set_header Upgrade "
                    + "$http_upgrade; proxy_set_header Connection $connection_upgrade; and beside the server block: map "
                    + "$http_upgrade $connection_upgrade { default upgrade; '' close; }. HAProxy passes upgrades as it "
                    + "comes; Apache needs mod_proxy_wstunnel.",
            "Without a proxy: see that the transports option contains \"websocket\".",
            "Without a proxy: install a WebSocket implementation (uvicorn[standard], simple-websocket) and see that transports allows it.",
            "Without a proxy: see that Configuration.setTransports contains Transport.WEBSOCKET."),
    POLLING_DISABLED(Hop.TRANSPORT, WARNING,
            "Only WebSocket is served at {}; clients that start with polling (the default) fail.",
            "Make clients start with WebSocket (transports: [\"websocket\"]), or allow polling on the server and, on every "
                    + "proxy before it, its POST requests, with their Content-Length.",
            "new Server(http, { transports: [\"polling\", \"websocket\"] }).",
            "socketio.AsyncServer(transports=[\"polling\", \"websocket\"]). \"Unsupported upgrade request\" comes from uvicorn: "
                    + "the proxy sends Connection: upgrade also where the client did not; nginx needs a map for it.",
            "Configuration.setTransports(Transport.POLLING, Transport.WEBSOCKET)."),
    STICKY_SESSION_MISSING(Hop.TRANSPORT, ERROR,
            "Requests of one session reach different processes at {}.",
            "Keep each session on one process: nginx upstream { ip_hash; … } or hash $remote_addr consistent; HAProxy "
                    + "cookie SERVERID insert; or let every client use WebSocket only.",
            "In a Node cluster use @socket.io/sticky with @socket.io/cluster-adapter.",
            "Run one worker per port (uvicorn --workers 1, gunicorn -w 1) and balance over ports with affinity.", null),

    NAMESPACE_UNKNOWN(Hop.NAMESPACE, ERROR,
            "The server does not know {}.",
            "Register each on the server before it accepts clients, or correct the names (leading slash, spelling); "
                    + "--namespaces says which to test.",
            "io.of(\"/name\").on(\"connection\", …) for each.",
            "A handler makes a namespace: @sio.on(\"connect\", namespace=\"/name\"), or list it in namespaces=[…].",
            "server.addNamespace(\"/name\") for each, before start()."),
    NAMESPACE_SILENT(Hop.NAMESPACE, ERROR,
            "The server never answers the CONNECT to {}.",
            "Its connection code neither accepts nor refuses: make it answer on every branch, errors and time-outs of "
                    + "databases included.",
            "Each middleware must call next() or next(err), once, also when it throws: wrap async ones in try/catch.",
            "The connect handler raised something other than ConnectionRefusedError, or hangs: the traceback is in the server's log.",
            "See exceptions in ConnectListener and AuthTokenListener."),

    TOKEN_REJECTED(Hop.AUTH, ERROR,
            "The token is refused by {}.",
            "Give the token that the server expects (--token, or CLAUDE_MPM_SOCKETIO_TOKEN), in the auth object of the "
                    + "client, and see that it has not expired.",
            "Client: io(URL, { auth: { token } }); server: socket.handshake.auth.token.",
            "Client: sio.connect(URL, auth={\"token\": …}); server: the third argument of the connect handler.",
            "Client: IO.Options.builder().setAuth(Map.of(\"token\", …)); server: AuthTokenListener."),
    CONNECT_REJECTED(Hop.AUTH, ERROR,
            "The server refuses the CONNECT to {}, for a reason that is not the token.",
            "The server's own words are in the evidence: look for them in its connect handler or middleware."),
    AUTH_NOT_ENFORCED(Hop.AUTH, WARNING,
            "Clients without the right token are let into {}.",
            "Check the token for each namespace: a check in one does not cover the others.",
            "io.of(\"/name\").use((socket, next) => ok(socket.handshake.auth.token) ? next() : next(new Error(\"invalid token\"))).",
            "In each namespace's connect handler: raise socketio.exceptions.ConnectionRefusedError(\"invalid token\").",
            "AuthTokenListener is not called for a CONNECT without payload: also disconnect clients in the ConnectListener whose getAuthToken() is null."),

    HANDLER_MISSING(Hop.EVENT, ERROR,
            "The server takes {} and nothing follows: no acknowledgement, no relay.",
            "Nobody handles this event under this name in this namespace, or the handler throws: compare spelling and "
                    + "namespace, and read the server's log.",
            "io.of(\"/name\").on(\"connection\", s => s.on(\"event\", (data, ack) => { …; ack?.(); })); s.onAny() shows what arrives.",
            "@sio.on(\"event\", namespace=\"/name\"); @sio.on(\"*\", namespace=\"/name\") shows what arrives.",
            "namespace.addEventListener(\"event\", …); unknown events vanish without a word in netty-socketio."),
    PAYLOAD_LIMIT(Hop.EVENT, WARNING,
            "An event of ordinary size is too large for {}.",
            "Raise the limit on every hop to at least 64 KiB; nginx: client_max_body_size 10m.",
            "new Server(http, { maxHttpBufferSize: 1e6 }).",
            "socketio.AsyncServer(max_http_buffer_size=1_000_000).",
            "Configuration.setMaxFramePayloadLength(1_000_000) and setMaxHttpContentLength(1_000_000)."),
    INGEST_MISSING(Hop.EVENT, ERROR,
            "{} is not there.",
            "The server has no HTTP intake: update it to a version that has one, or send over Socket.IO (--flow "
                    + "claude-mpm). Behind a proxy, route this path too."),
    INGEST_FAILED(Hop.EVENT, ERROR,
            "{} answers with an error, or not at all.",
            "The evidence has what came back; the server's log at this time has the reason. 401 or 403: it wants a "
                    + "credential; this test sends the token as X-Auth-Token. If nothing came back, the handler never "
                    + "ends the response on this branch."),

    NOT_RELAYED(Hop.RELAY, ERROR,
            "The server takes {}, but no dashboard receives it.",
            "The handler does not emit to the dashboards: see that it broadcasts, in the right namespace and to the room "
                    + "that the dashboards are in, and that the code is reached. With several nodes, see their adapter (--peer).",
            "io.of(\"/name\").emit(\"event\", data) reaches all; socket.emit only the sender, socket.broadcast.emit all others.",
            "await sio.emit(\"event\", data, namespace=\"/name\"): a missing await or namespace= loses it without an error.",
            "namespace.getBroadcastOperations().sendEvent(\"event\", data)."),
    ROOM_NOT_JOINED(Hop.RELAY, ERROR,
            "Dashboards receive {} only once they have asked to join the room.",
            "Let the server join each client to the room on connect, or the dashboard ask for it after every connect "
                    + "(reconnections included).",
            "io.of(\"/name\").on(\"connection\", s => s.join(\"name_room\")).",
            "await sio.enter_room(sid, \"name_room\", namespace=\"/name\") in the connect handler.",
            "client.joinRoom(\"name_room\") in the ConnectListener."),
    SENDER_ONLY(Hop.RELAY, ERROR,
            "{} goes back to its sender and to nobody else.",
            "The handler answers the sender only: broadcast instead. With several nodes behind a balancer, a missing "
                    + "adapter looks the same: --peer tests each node.",
            "Replace socket.emit(…) by io.of(\"/name\").emit(…) or .to(\"room\").emit(…).",
            "Drop to=sid (room=sid) from sio.emit(…).",
            "Replace client.sendEvent(…) by namespace.getRoomOperations(\"room\").sendEvent(…)."),
    WRONG_NAMESPACE(Hop.RELAY, ERROR,
            "Events are relayed in another namespace: {}.",
            "Emit in the namespace where the dashboards listen, or let them listen there.",
            "io.emit(…) goes to \"/\"; io.of(\"/name\").emit(…) to the namespace.",
            "sio.emit(…) without namespace= goes to \"/\".",
            "server.getNamespace(\"/name\").getBroadcastOperations() goes to that namespace, server.getBroadcastOperations() to all."),
    WRONG_EVENT(Hop.RELAY, ERROR,
            "Events are relayed under another name: {}.",
            "Emit under the name that the dashboards listen for, or let them listen for this one; --flow FILE tells this "
                    + "test what is meant."),
    EVENTS_LOST(Hop.RELAY, ERROR,
            "Some events never arrive: {}.",
            "Look for volatile emits, filters, full queues and exceptions in the handler for the events named in the "
                    + "evidence; with several nodes, for a missing adapter. Where the first after a connect are lost: "
                    + "register the handlers and join the rooms before the connection handler awaits anything."),
    EVENTS_DUPLICATED(Hop.RELAY, WARNING,
            "Events arrive more than once: {}.",
            "The handler is registered more than once (inside a connection handler, on each reconnection), or the event "
                    + "is emitted to two rooms that share members."),
    EVENTS_REORDERED(Hop.RELAY, WARNING,
            "Events arrive in another order than they were sent: {}.",
            "Handlers run at the same time: queue the events of one sender, or number them."),
    PAYLOAD_ALTERED(Hop.RELAY, WARNING,
            "Events arrive with fields changed or missing: {}.",
            "Relay the data as it came; look for a whitelist, a conversion or a proxy on the way."),
    SLOW_RELAY(Hop.RELAY, WARNING,
            "Events arrive later than a second: {}.",
            "The handler waits for something (database, lock, batch timer) before it relays, or the event loop is busy: "
                    + "relay first, store later."),

    SESSION_DROPPED(Hop.SESSION, ERROR,
            "The server closes the connection while it is in use: {}.",
            "The evidence has how it was closed and what was sent last. If nothing listens afterwards, the process died, and "
                    + "its log has the exception. Packet 41, or close code 1005: the application itself disconnected the "
                    + "client; look for disconnect() in its code. Code 1006 at a regular age: a proxy's idle time-out "
                    + "(nginx: proxy_read_timeout must exceed pingInterval + pingTimeout)."),
    HEARTBEAT_MISSED(Hop.SESSION, WARNING,
            "The server's pings come later than it announced: {}.",
            "Its event loop is blocked or overloaded: look for synchronous work (time.sleep, file and database calls, "
                    + "large JSON) in handlers."),
    RECONNECT_FAILED(Hop.SESSION, ERROR,
            "A second connection after the first fails: {}.",
            "The server keeps something of the first: a session per token or address, a limit, a lock. Free it in the "
                    + "disconnect handler."),

    CROSS_NODE_NOT_RELAYED(Hop.CLUSTER, ERROR,
            "Events do not cross from node to node: {}.",
            "Give every node the same adapter, on the same broker, channel prefix and major version.",
            "io.adapter(createAdapter(pubClient, subClient)) from @socket.io/redis-adapter on every node.",
            "socketio.AsyncServer(client_manager=socketio.AsyncRedisManager(\"redis://…\")) on every node.",
            "Configuration.setStoreFactory(new RedissonStoreFactory(redisson)) on every node."),

    UNEXPLAINED(Hop.ENGINE, ERROR,
            "Something failed that no known cause explains: {}.",
            "The evidence is all there is. Run again with -v, read the server's log at this time, and look at the server "
                    + "with the monitor in its place.");

    private final Hop hop;
    private final Severity severity;
    private final String summary;
    private final String fix;
    private final String node;
    private final String python;
    private final String java;

    Cause(Hop hop, Severity severity, String summary, String fix) {
        this(hop, severity, summary, fix, null, null, null);
    }

    Cause(Hop hop, Severity severity, String summary, String fix, String node, String python, String java) {
        this.hop = hop;
        this.severity = severity;
        this.summary = summary;
        this.fix = fix;
        this.node = node;
        this.python = python;
        this.java = java;
    }

    /** The cause's name in every output. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Hop hop() {
        return hop;
    }

    public Severity severity() {
        return severity;
    }

    /** What is wrong, in one sentence. */
    String summary(String subject) {
        return summary.replace("{}", subject.isEmpty() ? "the server" : subject);
    }

    /** The cause on one line, for where no result is written: its name, what is wrong, what to do. */
    public String told(String subject) {
        return id() + ": " + summary(subject) + " " + fix;
    }

    /** What to do: in general, then in the words of the server's family; of each where it is unknown. */
    String fix(Family family) {
        return switch (family) {
            case NODE -> join(fix, "Node", node);
            case PYTHON -> join(fix, "Python", python);
            case JAVA -> join(fix, "Java", java);
            case UNKNOWN -> join(join(join(fix, "Node", node), "Python", python), "Java", java);
        };
    }

    private static String join(String fix, String label, String special) {
        return special == null ? fix : fix + " " + label + ": " + special;
    }
}
