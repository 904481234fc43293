package siodiag.probe.reach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import siodiag.core.Deadline;
import siodiag.protocol.Connection;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Http;
import siodiag.protocol.Site;

/**
 * Asks what closes the connection on an HTTP request whether it is a service of another kind: some (Redis, to be safe
 * from web pages) drop such a request without a word, yet answer a line of their own.
 */
final class TextService {
    private static final byte[] LINE = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private TextService() {}

    /**
     * The first words of a service that is not an HTTP server.
     *
     * @return null where there are none, or where HTTP answers after all
     */
    static ExchangeException firstBytes(Site site, Deadline deadline) {
        try (Connection connection = site.connect(deadline)) {
            connection.write(LINE, deadline);
            Http.read(connection, 0, deadline);
            return null;
        } catch (ExchangeException failure) {
            return failure.kind() != ExchangeException.Kind.NOT_HTTP
                    ? null
                    : new ExchangeException(
                            ExchangeException.Kind.NOT_HTTP,
                            "an HTTP request is dropped without a response, but the line PING is answered",
                            failure.received());
        } catch (IOException unsent) {
            return null;
        }
    }
}
