package siodiag;

/** No session is to be had any more, though others were before: the same fault wherever it is met. */
final class NoSession {
    private NoSession() {
    }

    /** A proxy that now and then has no server behind it, or else a server that takes no more connections. */
    static Finding finding(String id, String detail, Closure closure, String... evidence) {
        return closure.serverError().map(status ->
                Finding.fail(id, Hop.HTTP, Sign.SERVER_ERROR, status + " now and then", detail, evidence))
                .orElseGet(() -> Finding.fail(id, Hop.SESSION, Sign.SECOND_CONNECTION_FAILS, "one more connection", detail,
                        evidence));
    }

    static Finding finding(String id, String detail, WireFailure failure) {
        return finding(id, detail, Closure.unopened(failure), failure.evidence());
    }
}
