package siodiag.protocol;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS that accepts every certificate: a diagnosis must look at bad ones too. Never used to send anything but probes. */
public final class Tls {
    public static final X509TrustManager TRUST_ALL = new TrustAll();
    public static final SSLContext CONTEXT = context();

    private Tls() {}

    /** The trust manager of this machine's trust store. */
    public static X509TrustManager trustingDefault() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return (X509TrustManager) Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Shakes hands, with the endpoint's certificate where it has one.
     *
     * @param ask       hears whether the server asks for a certificate, where the endpoint has none
     * @param protocols offered by ALPN
     */
    static SSLSocket handshake(Socket socket, Endpoint endpoint, CertificateAsk ask, String... protocols)
            throws IOException {
        SSLContext context = endpoint.certificate() == null
                ? context(ask)
                : endpoint.certificate().trustingAll();
        SSLSocket secure =
                (SSLSocket) context.getSocketFactory().createSocket(socket, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        if (endpoint.host().matches("[\\w.-]*[a-zA-Z][\\w.-]*")
                && !endpoint.host().contains("_")) {
            parameters.setServerNames(List.of(new SNIHostName(endpoint.host())));
        }
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private static SSLContext context(KeyManager... keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {TRUST_ALL}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // Accepted: see the class.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // Accepted: see the class.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
