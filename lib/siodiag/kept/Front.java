package siodiag.kept;

import io.netty.handler.codec.http.FullHttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import siodiag.catalogue.FrontProgram;
import siodiag.core.Text;

/**
 * Which program answers at the target's address, as far as its answers give it away: by a header, or by the text of an error
 * that it wrote itself.
 */
final class Front {
    private static final int MAX_BODY = 2048;

    private volatile FrontProgram program;
    private volatile String header = "";

    /** Looks at an answer. */
    void see(FullHttpResponse response) {
        String server = response.headers().get("Server", "");
        String body = response.status().code() < 400
                ? ""
                : response.content()
                        .toString(0, Math.min(MAX_BODY, response.content().readableBytes()), StandardCharsets.UTF_8);
        see(server, body);
    }

    /** @param server the Server header; empty for none @param body of an error; else empty */
    void see(String server, String body) {
        if (!server.isEmpty()) {
            header = Text.cut(server, 60);
        }
        FrontProgram.of(server, body).ifPresent(found -> program = found);
    }

    /** Null where the answers did not tell. */
    FrontProgram program() {
        return program;
    }

    /** {@code nginx}, or what the Server header holds; empty where nothing is known. */
    String describe() {
        return program != null
                ? program.title()
                : header.toLowerCase(Locale.ROOT).contains("python") ? "" : header;
    }
}
