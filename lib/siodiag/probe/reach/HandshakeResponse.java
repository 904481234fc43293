package siodiag.probe.reach;

import java.util.Optional;
import java.util.regex.Pattern;
import siodiag.core.Text;
import siodiag.protocol.Handshake;
import siodiag.protocol.HttpReply;
import siodiag.protocol.RateLimit;

/**
 * What an answer to a polling handshake is, in the dialects of Node (JSON with a code), python-engineio (a quoted
 * sentence) and netty-socketio (mostly a bare status).
 */
public record HandshakeResponse(Kind kind, Handshake handshake, String subject, String evidence) {

    public enum Kind {
        ENGINE,
        OLD,
        POLLING_OFF,
        FORBIDDEN,
        REDIRECT,
        SERVER_ERROR,
        GARBLED,
        REFUSED,
        WANTS_TLS,
        WANTS_CERTIFICATE,
        LIMITED,
        OTHER
    }

    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*([0-5])\\s*[,}]");
    private static final Pattern UNSUPPORTED_VERSION =
            Pattern.compile("unsupported (protocol )?version", Pattern.CASE_INSENSITIVE);
    private static final Pattern CREDENTIALS =
            Pattern.compile("token|jwt|expired|signature|credential", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNKNOWN_TRANSPORT =
            Pattern.compile("transport unknown|invalid transport", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLAIN_TO_TLS = Pattern.compile(
            "plain HTTP request was sent to HTTPS|Client sent an HTTP request to an HTTPS", Pattern.CASE_INSENSITIVE);

    /** nginx (400), and what others say in a page of their own, where no certificate came or the one that came won't do. */
    private static final Pattern CERTIFICATE = Pattern.compile(
            "No required SSL certificate was sent|The SSL certificate error|client certificate (is )?required"
                    + "|requires? a (valid )?client certificate",
            Pattern.CASE_INSENSITIVE);

    public static HandshakeResponse of(HttpReply reply) {
        String statusLine = ("HTTP " + reply.status() + " " + Text.cut(reply.reason(), 60)).strip();
        if (reply.status() == 200) {
            return answered(reply, statusLine);
        }
        Kind kind = PLAIN_TO_TLS.matcher(reply.body()).find()
                ? Kind.WANTS_TLS
                : RateLimit.isRateLimited(reply)
                        ? Kind.LIMITED
                        : CERTIFICATE.matcher(reply.body()).find()
                                ? Kind.WANTS_CERTIFICATE
                                : isRedirect(reply)
                                        ? Kind.REDIRECT
                                        : reply.status() >= 500
                                                ? Kind.SERVER_ERROR
                                                : refused(reply.status(), reply.body());
        String subject = kind == Kind.REDIRECT ? Text.cut(reply.header("location"), 160) : statusLine;
        String location = kind == Kind.REDIRECT ? ", location " + Text.quote(reply.header("location"), 160) : "";
        return new HandshakeResponse(kind, null, subject, reply.evidence() + location);
    }

    /** Whether Engine.IO answered, be it with a refusal. */
    boolean isEngine() {
        return kind == Kind.ENGINE
                || kind == Kind.OLD
                || kind == Kind.POLLING_OFF
                || kind == Kind.GARBLED
                || kind == Kind.REFUSED;
    }

    private static HandshakeResponse answered(HttpReply reply, String statusLine) {
        String body = reply.body();
        Optional<Handshake> handshake = reply.cut() ? Optional.empty() : Handshake.parse(body.split("\u001e", 2)[0]);
        Kind kind = handshake.isPresent()
                ? Kind.ENGINE
                : Handshake.isOld(body)
                        ? Kind.OLD
                        : body.startsWith("0") || looksLikeHandshake(body) ? Kind.GARBLED : Kind.OTHER;
        return new HandshakeResponse(kind, handshake.orElse(null), statusLine, reply.evidence());
    }

    private static boolean looksLikeHandshake(String body) {
        return body.length() < 4096 && body.contains("\"sid\"") && body.contains("ping");
    }

    private static boolean isRedirect(HttpReply reply) {
        return reply.status() >= 300
                && reply.status() < 400
                && !reply.header("location").isEmpty();
    }

    /** Whether the refusal is for what was shown, and not for a policy. */
    boolean speaksOfCredentials() {
        return subject.startsWith("HTTP 401") || CREDENTIALS.matcher(evidence).find();
    }

    /** What a refusal is about, by the codes and words of Engine.IO; also where only its words are known. */
    public static Kind refused(int status, String body) {
        var code = CODE.matcher(body);
        boolean engine = (status == 400 || status == 403) && body.contains("\"message\"");
        String number = engine && code.find() ? code.group(1) : "";
        if (number.equals("5") || UNSUPPORTED_VERSION.matcher(body).find()) {
            return Kind.OLD;
        } else if (number.equals("0") || UNKNOWN_TRANSPORT.matcher(body).find()) {
            return Kind.POLLING_OFF;
        } else if (number.equals("4") || status == 401 || status == 403) {
            return Kind.FORBIDDEN;
        }
        return number.isEmpty() ? Kind.OTHER : Kind.REFUSED;
    }
}
