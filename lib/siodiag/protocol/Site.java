package siodiag.protocol;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import siodiag.core.Deadline;
import siodiag.core.Urls;

/**
 * Where Engine.IO is to be found: the endpoint, one of its addresses, and the request path with its slash at the end;
 * and what goes with every request and upgrade there.
 *
 * @param headers stated ones, cookies among them
 * @param query   stated parameters
 * @param limit   hears whether the server limits the rate of requests
 */
public record Site(
        Endpoint endpoint,
        InetAddress address,
        String path,
        Map<String, String> headers,
        Map<String, String> query,
        RateLimit limit) {
    /** The longest answer to a handshake or a POST that is read, in bytes; a real one has about a hundred. */
    static final int MAX_ANSWER_BYTES = 64 * 1024;

    /** A site for one look, which is shown nothing that was stated. */
    public static Site bare(Endpoint endpoint, InetAddress address, String path) {
        return new Site(endpoint.with(null), address, path, Map.of(), Map.of(), RateLimit.none());
    }

    /** The request target of a handshake: the protocol version and the transport are its query. */
    public String handshakeTarget(int version, String transport) {
        return withQuery(path + "?EIO=" + version + "&transport=" + transport);
    }

    /** The request target of a polling request: no cache may answer it, so clients add something new each time. */
    public static String uncached(String target) {
        return target + "&t=" + Long.toString(System.nanoTime(), 36);
    }

    /** The request target of a session that has begun (Engine.IO 4). */
    public String sessionTarget(String transport, Handshake handshake) {
        return handshakeTarget(4, transport) + "&sid=" + Urls.encode(handshake.sid());
    }

    /** The request target with the stated parameters behind it. */
    public String withQuery(String target) {
        return query.isEmpty()
                ? target
                : target
                        + (target.contains("?") ? "&" : "?")
                        + query.entrySet().stream()
                                .map(one -> Urls.encode(one.getKey()) + "=" + Urls.encode(one.getValue()))
                                .collect(Collectors.joining("&"));
    }

    /** The request's own headers, and the stated ones that it lacks; cookies of both. */
    public Map<String, String> withHeaders(Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(own);
        headers.forEach((name, value) -> {
            String same = all.keySet().stream()
                    .filter(name::equalsIgnoreCase)
                    .findFirst()
                    .orElse(name);
            boolean cookie = name.toLowerCase(Locale.ROOT).equals("cookie");
            all.merge(same, value, (given, stated) -> cookie ? stated + "; " + given : given);
        });
        return all;
    }

    /** The answer to a polling handshake, whatever it is. */
    public HttpReply handshake(int version, Map<String, String> headers, Deadline deadline) throws ExchangeException {
        return exchange(HttpRequest.get(uncached(handshakeTarget(version, "polling")), headers), deadline);
    }

    /** One exchange on a connection of its own. @throws ExchangeException of any kind */
    public HttpReply exchange(HttpRequest request, Deadline deadline) throws ExchangeException {
        return Http.exchange(this, request, MAX_ANSWER_BYTES, deadline);
    }

    /** @throws ExchangeException LIMITED where the server is not to be asked any more, or as {@link Connection#open} */
    public Connection connect(Deadline deadline, String... protocols) throws ExchangeException {
        limit.check();
        return Connection.open(endpoint, address, deadline, protocols);
    }

    public Site at(String otherPath) {
        return new Site(endpoint, address, otherPath, headers, query, limit);
    }

    /** The same place, shown other credentials. */
    public Site with(Credentials shown) {
        return new Site(endpoint.with(shown.certificate()), address, path, shown.headers(), shown.query(), limit);
    }
}
