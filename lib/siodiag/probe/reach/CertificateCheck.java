package siodiag.probe.reach;

import java.net.IDN;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import okhttp3.internal.tls.OkHostnameVerifier;
import siodiag.core.Text;
import siodiag.protocol.Tls;

/** What a server's certificate is worth: validity, host name and trust, each judged by itself. */
record CertificateCheck(boolean validNow, boolean matchesHost, boolean trusted, List<String> evidence) {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    static CertificateCheck of(SSLSession session, String host) {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate certificate : session.getPeerCertificates()) {
                chain.add((X509Certificate) certificate);
            }
            return of(chain, host);
        } catch (SSLPeerUnverifiedException none) {
            return new CertificateCheck(false, false, false, List.of("the server presents no certificate"));
        }
    }

    static CertificateCheck of(List<X509Certificate> chain, String host) {
        X509Certificate leaf = chain.get(0);
        Date now = new Date();
        boolean valid = chain.stream().allMatch(certificate -> isValid(certificate, now));
        List<String> names = names(leaf);
        boolean matches = matches(leaf, host);
        boolean trusted = isTrusted(chain);
        Instant from = leaf.getNotBefore().toInstant();
        Instant until = leaf.getNotAfter().toInstant();
        List<String> evidence = List.of(
                "certificate of " + Text.cut(leaf.getSubjectX500Principal().getName(), 120) + ", issued by "
                        + (isSelfSigned(leaf)
                                ? "itself"
                                : Text.cut(leaf.getIssuerX500Principal().getName(), 120)),
                "valid from " + from + " until " + until + "; now " + now.toInstant(),
                "names "
                        + (names.isEmpty()
                                ? "none (the common name is ignored)"
                                : Text.cut(String.join(", ", names), 160))
                        + "; asked for " + host,
                trusted ? "signed by a trusted CA" : "not signed by a CA that this machine trusts");
        return new CertificateCheck(valid, matches, trusted, evidence);
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static boolean isValid(X509Certificate certificate, Date now) {
        return !now.before(certificate.getNotBefore()) && !now.after(certificate.getNotAfter());
    }

    /** The subjectAltName's DNS names and addresses. */
    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            return alternatives == null
                    ? List.of()
                    : alternatives.stream()
                            .filter(name ->
                                    name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    /** As the official Java client does it, and browsers: the common name does not count. */
    private static boolean matches(X509Certificate certificate, String host) {
        try {
            return OkHostnameVerifier.INSTANCE.verify(IDN.toASCII(host, IDN.ALLOW_UNASSIGNED), certificate);
        } catch (IllegalArgumentException noHostName) {
            return false;
        }
    }

    /** Trust at a moment when the certificate was valid, so that expiry is not taken for distrust. */
    private static boolean isTrusted(List<X509Certificate> chain) {
        try {
            Set<TrustAnchor> anchors = Arrays.stream(Tls.trustingDefault().getAcceptedIssuers())
                    .map(issuer -> new TrustAnchor(issuer, null))
                    .collect(Collectors.toSet());
            if (anchors.stream().anyMatch(anchor -> anchor.getTrustedCert().equals(chain.get(0)))) {
                return true;
            }
            List<X509Certificate> path = chain.stream()
                    .filter(certificate -> anchors.stream()
                            .noneMatch(anchor -> anchor.getTrustedCert().equals(certificate)))
                    .toList();
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(new Date(chain.stream()
                            .mapToLong(c -> c.getNotAfter().getTime())
                            .min()
                            .orElse(0)
                    - 1));
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
            return true;
        } catch (GeneralSecurityException untrusted) {
            return false;
        }
    }
}
