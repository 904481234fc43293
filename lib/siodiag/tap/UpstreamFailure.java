package siodiag.tap;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import siodiag.core.Text;
import siodiag.traffic.Failure;

/** Why the server could not be reached. */
final class UpstreamFailure {
    private static final int MAX_REASON = 160;

    private UpstreamFailure() {}

    static Failure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return Failure.UNRESOLVED;
            } else if (cause instanceof ConnectTimeoutException) {
                return Failure.CONNECT_TIMEOUT;
            } else if (cause instanceof CertificateExpiredException
                    || cause instanceof CertificateNotYetValidException) {
                return Failure.CERTIFICATE_EXPIRED;
            } else if (reason(cause).contains("subject alternative")
                    || reason(cause).contains("No name matching")) {
                return Failure.CERTIFICATE_HOST;
            } else if (reason(cause).contains("bad_certificate")
                    || reason(cause).contains("certificate_required")) {
                return Failure.CERTIFICATE_WANTED;
            } else if (reason(cause).contains("not an SSL/TLS record")
                    || reason(cause).contains("Unrecognized SSL message")) {
                return Failure.NOT_TLS;
            }
        }
        return failure instanceof ConnectException
                ? Failure.REFUSED
                : failure instanceof SSLException ? Failure.CERTIFICATE_UNTRUSTED : Failure.NO_ANSWER;
    }

    static boolean isTls(Throwable failure) {
        return failure instanceof SSLException || failure.getCause() != null && isTls(failure.getCause());
    }

    /** For people. */
    static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Text.cut(reason(root).isEmpty() ? root.toString() : reason(root), MAX_REASON);
    }

    private static String reason(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
