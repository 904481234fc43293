package siodiag.server;

import java.util.Map;

/**
 * What a connection's first request said.
 *
 * @param address the peer's IP address
 * @param headers names in lower case
 * @param query   the parameters of the URL
 * @param url     path and query
 * @param issued  milliseconds since 1970
 */
public record ConnectionRequest(
        String address, Map<String, String> headers, Map<String, String> query, String url, long issued) {}
