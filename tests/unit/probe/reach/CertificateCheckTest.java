package siodiag.probe.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import siodiag.harness.Project;

/** Validity, host name and trust of a certificate are judged apart. */
class CertificateCheckTest {

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "names,        localhost,              true",
        "names,        LOCALHOST,              true",
        "names,        api.example.org,        true",
        "names,        api.example.org.,       true",
        "names,        127.0.0.1,              true",
        "names,        ::1,                    true",
        "names,        0:0:0:0:0:0:0:1,        true",
        "names,        127.0.0.2,              false",
        "names,        example.org,            false",
        "names,        a.api.example.org,      false",
        "wildcard,     api.example.org,        true",
        "wildcard,     API.Example.ORG,        true",
        "wildcard,     api.example.org.,       true",
        "wildcard,     example.org,            false",
        "wildcard,     a.b.example.org,        false",
        "wildcard,     apiexample.org,         false",
        "top-wildcard, localhost,              false",
        "idn,          münchen.example,        true",
        "idn,          MÜNCHEN.example,        true",
        "idn,          xn--mnchen-3ya.example, true",
        "idn,          munchen.example,        false",
        "names,        a..b,                   false",
        "common-name,  localhost,              false"
    })
    void matches_the_hosts_that_clients_accept_it_for(String certificate, String host, boolean matches)
            throws IOException, CertificateException {
        CertificateCheck check = check(certificate, host);
        assertEquals(matches, check.matchesHost(), check.evidence().toString());
        assertTrue(check.validNow(), check.evidence().toString());
        assertFalse(check.trusted(), check.evidence().toString());
    }

    @Test
    void an_expired_certificate_still_matches_its_host() throws IOException, CertificateException {
        CertificateCheck check = check("expired", "localhost");
        assertFalse(check.validNow());
        assertTrue(check.matchesHost());
    }

    @Test
    void the_evidence_names_both_sides() throws IOException, CertificateException {
        assertTrue(check("names", "db.example.org").evidence().stream()
                .anyMatch(line -> line.startsWith("names localhost, " + "api.example.org, 127.0.0.1")
                        && line.endsWith("asked for db.example.org")));
        assertTrue(check("common-name", "localhost")
                .evidence()
                .contains("names none (the common name is ignored); asked for localhost"));
    }

    private static CertificateCheck check(String name, String host) throws IOException, CertificateException {
        try (InputStream file =
                Files.newInputStream(Project.root().resolve("tests/unit/certificates/" + name + ".pem"))) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
            return CertificateCheck.of(List.of(certificate), host);
        }
    }
}
