package siodiag.probe.reach;

import java.util.List;
import siodiag.core.Text;
import siodiag.protocol.HttpReply;

/** What a browser makes of the answer to a request from a page of some origin (Fetch standard, "CORS check"). */
record Cors(Kind kind, String evidence) {

    enum Kind {
        /** The page may read it. */
        ALLOWED,
        /** Pages that send credentials may not: {@code *} does not cover them. */
        WILDCARD_WITH_CREDENTIALS,
        /** Pages that send credentials may not: the header that allows them stands there twice. */
        CREDENTIALS_TWICE,
        /** The header with the origin stands there twice, or has two values. */
        TWICE,
        /** No header, so no page of another origin may. */
        MISSING,
        /** Another origin is allowed. */
        OTHER,
        /** The server itself refuses the request. */
        REFUSED;

        /** Whether it does not matter to pages that send no credentials. */
        boolean isForCredentialsOnly() {
            return this == WILDCARD_WITH_CREDENTIALS || this == CREDENTIALS_TWICE;
        }
    }

    private static final String ORIGIN = "access-control-allow-origin";
    private static final String CREDENTIALS = "access-control-allow-credentials";

    /** @param own whether the page is the server's own: then browsers ask for no header */
    static Cors judge(String origin, boolean own, HttpReply reply) {
        List<String> origins = reply.headers().getOrDefault(ORIGIN, List.of());
        List<String> credentials = reply.headers().getOrDefault(CREDENTIALS, List.of());
        Kind kind = reply.status() < 200 || reply.status() > 299
                ? Kind.REFUSED
                : own ? Kind.ALLOWED : judge(origin, origins, credentials);
        return new Cors(
                kind,
                "Origin: " + origin + " is answered with "
                        + (kind == Kind.REFUSED ? reply.evidence() : String.valueOf(reply.status())) + "; "
                        + describe(ORIGIN, origins)
                        + (credentials.isEmpty() ? "" : "; " + describe(CREDENTIALS, credentials)));
    }

    private static Kind judge(String origin, List<String> origins, List<String> credentials) {
        if (origins.isEmpty()) {
            return Kind.MISSING;
        } else if (origins.size() > 1 || origins.get(0).contains(",")) {
            return Kind.TWICE;
        } else if (origins.get(0).equals("*")) {
            return credentials.contains("true") ? Kind.WILDCARD_WITH_CREDENTIALS : Kind.ALLOWED;
        } else if (!origins.get(0).equals(origin)) {
            return Kind.OTHER;
        }
        return credentials.size() > 1 || credentials.stream().anyMatch(value -> value.contains(","))
                ? Kind.CREDENTIALS_TWICE
                : Kind.ALLOWED;
    }

    private static String describe(String name, List<String> values) {
        return name
                + (values.isEmpty()
                        ? " missing"
                        : values.size() > 1
                                ? " " + values.size() + " times: " + Text.quote(String.join("\", \"", values), 160)
                                : ": " + Text.quote(values.get(0), 120));
    }
}
