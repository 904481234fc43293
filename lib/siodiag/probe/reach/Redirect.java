package siodiag.probe.reach;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import siodiag.catalogue.Advice;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.Endpoint;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.HttpReply;
import siodiag.protocol.HttpRequest;
import siodiag.protocol.Site;

/**
 * Where a redirect of the handshake leads, followed once: Socket.IO clients do not follow, so what stands there decides
 * what is to be done.
 *
 * @param target the URL it leads to, without its query
 * @param seen   what the target answers
 */
record Redirect(Kind kind, String target, String seen) {

    public enum Kind {
        /** Socket.IO is there. */
        SOCKETIO,
        /** Socket.IO is there, by TLS where it was asked for without. */
        TLS,
        /** Something else answers there, a 404 for one. */
        NOTHING,
        /** It leads on to another redirect, or back. */
        LOOP,
        /** Nobody answers there. */
        UNREACHABLE
    }

    /** Asks the target as the site was asked; another host gets none of what was given for this one. */
    static Redirect follow(Site site, HttpReply reply, Deadline deadline) {
        String location = reply.header("location");
        URI here = URI.create((site.endpoint().tls() ? "https" : "http") + "://"
                + site.endpoint().authority() + site.handshakeTarget(4, "polling"));
        try {
            URI to = here.resolve(location);
            Endpoint endpoint = Endpoint.of(to);
            InetAddress address = endpoint.host().equals(site.endpoint().host())
                    ? site.address()
                    : InetAddress.getByName(endpoint.host());
            Site there = Site.bare(endpoint, address, to.getPath());
            HttpReply answer = there.exchange(HttpRequest.get(requestTarget(to), Map.of()), deadline);
            return judge(here, to, answer);
        } catch (ExchangeException failure) {
            return new Redirect(Kind.UNREACHABLE, Text.cut(location, 160), failure.evidence());
        } catch (UnknownHostException unknown) {
            return new Redirect(Kind.UNREACHABLE, Text.cut(location, 160), "its host has no address");
        } catch (IllegalArgumentException unreadable) {
            return new Redirect(Kind.UNREACHABLE, Text.cut(location, 160), "not an HTTP URL");
        }
    }

    /** What the answer of the target means. */
    static Redirect judge(URI from, URI to, HttpReply answer) {
        HandshakeResponse greeting = HandshakeResponse.of(answer);
        boolean toTls = "https".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme());
        Kind kind = greeting.kind() == HandshakeResponse.Kind.REDIRECT
                ? Kind.LOOP
                : !greeting.isEngine() ? Kind.NOTHING : toTls ? Kind.TLS : Kind.SOCKETIO;
        return new Redirect(kind, Text.cut(to.toString().replaceFirst("\\?.*", ""), 160), greeting.evidence());
    }

    Finding finding(String id, String evidence) {
        String means =
                switch (kind) {
                    case SOCKETIO, TLS -> "Socket.IO answers there: ";
                    case NOTHING -> "the target is not Socket.IO: ";
                    case LOOP -> "the target redirects again: ";
                    case UNREACHABLE -> "the target does not answer: ";
                };
        return Finding.fail(
                        id,
                        Hop.HTTP,
                        Symptom.REDIRECTED,
                        target,
                        "redirected to " + target,
                        evidence,
                        "followed once: " + means + seen)
                .withAdvice(advice());
    }

    private Advice advice() {
        return switch (kind) {
            case SOCKETIO -> Advice.REDIRECT_TO_SOCKETIO;
            case TLS -> Advice.REDIRECT_TO_TLS;
            case NOTHING -> Advice.REDIRECT_TO_NOTHING;
            case LOOP -> Advice.REDIRECT_LOOP;
            case UNREACHABLE -> null;
        };
    }

    private static String requestTarget(URI to) {
        String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
        return to.getRawQuery() == null ? path : path + "?" + to.getRawQuery();
    }
}
