package siodiag.probe.reach;

import java.util.List;
import java.util.stream.Collectors;
import siodiag.core.Text;
import siodiag.protocol.HttpReply;

/** The headers by which a cache between client and server can be told (RFC 9111, section 5.1; RFC 9211; the CDNs' own). */
public final class CacheTrace {
    private static final List<String> TELLING = List.of(
            "age",
            "x-cache",
            "x-cache-status",
            "cf-cache-status",
            "cache-status",
            "x-varnish",
            "x-proxy-cache",
            "x-served-by",
            "via",
            "server",
            "cache-control");

    private CacheTrace() {}

    /** Those headers that an answer has, each with its value. */
    public static String of(HttpReply reply) {
        String told = TELLING.stream()
                .filter(name -> !reply.header(name).isEmpty())
                .map(name -> name + ": " + Text.cut(reply.header(name), 80))
                .collect(Collectors.joining(", "));
        return told.isEmpty() ? "no header identifies the cache" : told;
    }
}
