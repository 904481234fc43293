package siodiag.traffic;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Undoes the compression of a copied body, within a bound. */
final class ContentCoding {
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private ContentCoding() {}

    /** The body as it was before {@code Content-Encoding}; nothing where it is not known, broken or too large. */
    static Optional<byte[]> plain(byte[] body, String coding) {
        if (coding == null || coding.isBlank() || coding.equalsIgnoreCase("identity") || body.length == 0) {
            return Optional.of(body);
        }
        try (InputStream in = opened(body, coding.toLowerCase(Locale.ROOT).strip())) {
            byte[] plain = in == null ? null : in.readNBytes(MAX_BYTES + 1);
            return plain == null || plain.length > MAX_BYTES ? Optional.empty() : Optional.of(plain);
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    private static InputStream opened(byte[] body, String coding) throws IOException {
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(new ByteArrayInputStream(body));
            case "deflate" -> new InflaterInputStream(new ByteArrayInputStream(body));
            default -> null;
        };
    }
}
