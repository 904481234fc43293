package siodiag;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS that accepts every certificate: a diagnosis must look at bad ones too. Never used to send anything but probes. */
final class Tls {
    static final X509TrustManager TRUST_ALL = new TrustAll();
    static final SSLContext CONTEXT = context();

    private Tls() {
    }

    static SSLSocket handshake(Socket socket, Endpoint endpoint) throws IOException {
        SSLSocket secure = (SSLSocket) CONTEXT.getSocketFactory()
                .createSocket(socket, endpoint.host(), endpoint.port(), true);
        if (endpoint.host().matches("[\\w.-]*[a-zA-Z][\\w.-]*") && !endpoint.host().contains("_")) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(endpoint.host())));
            secure.setSSLParameters(parameters);
        }
        secure.startHandshake();
        return secure;
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {TRUST_ALL}, null);
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
