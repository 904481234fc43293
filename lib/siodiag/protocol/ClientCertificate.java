package siodiag.protocol;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import siodiag.core.Text;
import siodiag.core.UsageException;

/** A client certificate with its key, as the two TLS contexts that use it. */
public final class ClientCertificate {
    private static final long MAX_FILE_BYTES = 1024 * 1024;

    private final SSLContext trustingAll;
    private final SSLContext trustingDefault;

    private ClientCertificate(byte[] file, String password) throws IOException, GeneralSecurityException {
        this.trustingAll = context(file, password, Tls.TRUST_ALL);
        this.trustingDefault = context(file, password, null);
    }

    /**
     * @param file     PEM (certificates, then a PKCS#8 key) or PKCS#12
     * @param password of the key; null for none
     * @throws UsageException that tells what is wrong with it
     */
    public static ClientCertificate of(Path file, String password) {
        String option = "--client-cert " + Text.cut(file.toString(), 120) + ": ";
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new UsageException(
                        option + "larger than " + MAX_FILE_BYTES + " bytes; name a PEM or PKCS#12 file");
            }
            return new ClientCertificate(Files.readAllBytes(file), password);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failure) {
            throw new UsageException(option
                    + (Files.isReadable(file)
                            ? "not usable: " + Text.cut(rootOf(failure), 160)
                                    + "; give a PEM file with the certificate and its PKCS#8 key (openssl pkcs8 -topk8), or PKCS#12; "
                                    + "the password comes from $CLIENT_CERT_PASSWORD"
                            : "can't be read"));
        }
    }

    /** For probes, which look at what the server's certificate is worth by themselves. */
    public SSLContext trustingAll() {
        return trustingAll;
    }

    /** With this machine's trust store. */
    public SSLContext trustingDefault() {
        return trustingDefault;
    }

    private static SSLContext context(byte[] file, String password, TrustManager trust)
            throws IOException, GeneralSecurityException {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        if (trust != null) {
            builder.trustManager(trust);
        }
        if (new String(file, StandardCharsets.ISO_8859_1).contains("-----BEGIN ")) {
            builder.keyManager(new ByteArrayInputStream(file), new ByteArrayInputStream(file), password);
        } else {
            builder.keyManager(pkcs12(file, password));
        }
        return ((JdkSslContext) builder.build()).context();
    }

    private static KeyManagerFactory pkcs12(byte[] file, String password) throws IOException, GeneralSecurityException {
        char[] secret = password == null ? new char[0] : password.toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(file), secret);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, secret);
        return keys;
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
