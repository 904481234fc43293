package siodiag.protocol;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Hears whether the server says that it is asked too often (RFC 6585, section 4). Once it has, nothing is asked any more:
 * a diagnosis must not hammer on.
 */
public final class RateLimit {
    private static final Pattern MESSAGE = Pattern.compile(
            "rate[ _-]?limit|too many requests|throttl(ed|ing)|slow down|request (limit|quota)|quota exceeded",
            Pattern.CASE_INSENSITIVE);
    private static final int TOO_MANY_REQUESTS = 429;

    private final AtomicReference<HttpReply> refusal = new AtomicReference<>();
    private final Consumer<HttpReply> listener;

    /** @param listener told of the first refusal, before whoever asked for the answer sees it */
    public RateLimit(Consumer<HttpReply> listener) {
        this.listener = listener;
    }

    /** For requests that are made once. */
    public static RateLimit none() {
        return new RateLimit(reply -> {});
    }

    /** @throws ExchangeException LIMITED once the server has refused a request for its rate */
    void check() throws ExchangeException {
        if (refusal.get() != null) {
            throw new ExchangeException(
                    ExchangeException.Kind.LIMITED, "not sent: the server limits the rate of requests");
        }
    }

    /** The reply itself, looked at. */
    HttpReply checked(HttpReply reply) {
        if (isRateLimited(reply) && refusal.compareAndSet(null, reply)) {
            listener.accept(reply);
        }
        return reply;
    }

    /** 429; or another refusal with words for it: nginx' limit_req answers 503, some gateways 403. */
    public static boolean isRateLimited(HttpReply reply) {
        boolean refused = reply.status() == 403 || reply.status() == 420 || reply.status() == 503;
        return reply.status() == TOO_MANY_REQUESTS
                || refused
                        && (MESSAGE.matcher(reply.reason()).find()
                                || MESSAGE.matcher(reply.body()).find()
                                || isUsedUp(reply));
    }

    private static boolean isUsedUp(HttpReply reply) {
        return reply.header("ratelimit-remaining").equals("0")
                || reply.header("x-ratelimit-remaining").equals("0")
                || reply.header("ratelimit").matches(".*\\bremaining=0\\b.*");
    }
}
