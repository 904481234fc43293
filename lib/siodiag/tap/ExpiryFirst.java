package siodiag.tap;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import siodiag.protocol.Tls;

/** This machine's trust store; of a certificate that is expired and untrusted it names the expiry, which is the finer reason. */
final class ExpiryFirst extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager machine;

    private ExpiryFirst(X509ExtendedTrustManager machine) {
        this.machine = machine;
    }

    static SSLContext context() throws NoSuchAlgorithmException {
        try {
            X509ExtendedTrustManager machine = (X509ExtendedTrustManager) Tls.trustingDefault();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ExpiryFirst(machine)}, null);
            return context;
        } catch (NoSuchAlgorithmException e) {
            throw e;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        chain[0].checkValidity();
        machine.checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        chain[0].checkValidity();
        machine.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        chain[0].checkValidity();
        machine.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        machine.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        machine.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        machine.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return machine.getAcceptedIssuers();
    }
}
