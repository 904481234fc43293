package siodiag;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Asks what closes the connection on an HTTP request whether it is a service of another kind: some (Redis, to be safe
 * from web pages) drop such a request without a word, yet answer a line of their own.
 */
final class TextService {
    private static final byte[] LINE = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private TextService() {
    }

    /**
     * The first words of a service that is no HTTP server.
     *
     * @return null where there are none, or where HTTP answers after all
     */
    static WireFailure firstWords(Site site, Deadline deadline) {
        try (Connection connection = Connection.open(site.endpoint(), site.address(), deadline)) {
            connection.write(LINE, deadline);
            Http.read(connection, 0, deadline);
            return null;
        } catch (WireFailure failure) {
            return failure.kind() != WireFailure.Kind.NOT_HTTP ? null : new WireFailure(WireFailure.Kind.NOT_HTTP,
                    "an HTTP request is dropped without a word, and the line PING is answered", failure.seen());
        } catch (IOException unsent) {
            return null;
        }
    }
}
