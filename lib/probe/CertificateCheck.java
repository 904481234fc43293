package siodiag;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
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
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** What a server's certificate is worth: validity, host name (RFC 6125) and trust, each judged by itself. */
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

    private static CertificateCheck of(List<X509Certificate> chain, String host) {
        X509Certificate leaf = chain.get(0);
        Date now = new Date();
        boolean valid = chain.stream().allMatch(certificate -> isValid(certificate, now));
        List<String> names = names(leaf);
        boolean matches = names.stream().anyMatch(name -> matches(name, host));
        boolean trusted = isTrusted(chain);
        Instant from = leaf.getNotBefore().toInstant();
        Instant until = leaf.getNotAfter().toInstant();
        List<String> evidence = List.of(
                "certificate of " + Text.cut(leaf.getSubjectX500Principal().getName(), 120) + ", issued by "
                        + (isSelfSigned(leaf) ? "itself" : Text.cut(leaf.getIssuerX500Principal().getName(), 120)),
                "valid from " + from + " until " + until + "; now " + now.toInstant(),
                "names " + Text.cut(names.isEmpty() ? "none" : String.join(", ", names), 160) + "; asked for " + host,
                trusted ? "signed by a trusted authority" : "not signed by an authority that this machine trusts");
        return new CertificateCheck(valid, matches, trusted, evidence);
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static boolean isValid(X509Certificate certificate, Date now) {
        return !now.before(certificate.getNotBefore()) && !now.after(certificate.getNotAfter());
    }

    /** The subjectAltName's DNS names and addresses; the common name only where there are none. */
    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                List<String> names = alternatives.stream()
                        .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
                        .map(name -> String.valueOf(name.get(1))).toList();
                if (!names.isEmpty()) {
                    return names;
                }
            }
            return new LdapName(certificate.getSubjectX500Principal().getName()).getRdns().stream()
                    .filter(rdn -> rdn.getType().equalsIgnoreCase("CN")).map(rdn -> String.valueOf(rdn.getValue()))
                    .toList();
        } catch (CertificateParsingException | InvalidNameException unreadable) {
            return List.of();
        }
    }

    private static boolean matches(String pattern, String host) {
        String name = pattern.toLowerCase(Locale.ROOT);
        String wanted = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("*.")) {
            int dot = wanted.indexOf('.');
            return dot > 0 && wanted.substring(dot).equals(name.substring(1));
        }
        return name.equals(wanted) || wanted.contains(":") && sameAddress(name, wanted);
    }

    private static boolean sameAddress(String one, String other) {
        try {
            return InetAddress.getByName(one).equals(InetAddress.getByName(other));
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    /** Trust at a moment when the certificate was valid, so that expiry is not taken for distrust. */
    private static boolean isTrusted(List<X509Certificate> chain) {
        try {
            Set<TrustAnchor> anchors = Arrays.stream(systemTrust().getAcceptedIssuers())
                    .map(issuer -> new TrustAnchor(issuer, null)).collect(Collectors.toSet());
            if (anchors.stream().anyMatch(anchor -> anchor.getTrustedCert().equals(chain.get(0)))) {
                return true;
            }
            List<X509Certificate> path = chain.stream().filter(certificate -> anchors.stream()
                    .noneMatch(anchor -> anchor.getTrustedCert().equals(certificate))).toList();
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(new Date(chain.stream().mapToLong(c -> c.getNotAfter().getTime()).min().orElse(0) - 1));
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
            return true;
        } catch (GeneralSecurityException untrusted) {
            return false;
        }
    }

    private static X509TrustManager systemTrust() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no system trust store");
    }
}
