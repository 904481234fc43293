package siodiag.hook.javaclient;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import siodiag.core.Text;

/**
 * Keeps HTTP answers within bounds and remembers those that are refusals, which the client library tells only by their
 * number. No compression is offered or taken: a small answer must not unpack to a huge one.
 */
final class BoundedAnswers implements Interceptor {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int QUOTED = 300;
    private static final long QUOTE_WAIT_MS = 500;

    private final TransportTrace trace;
    private final long longest;

    /** @param longest answer that is read, in bytes */
    BoundedAnswers(TransportTrace trace, long longest) {
        this.trace = trace;
        this.longest = longest;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request()
                .newBuilder()
                .header("Accept-Encoding", "identity")
                .removeHeader("Sec-WebSocket-Extensions")
                .build();
        Response response = chain.proceed(request)
                .newBuilder()
                .removeHeader("Sec-WebSocket-Extensions")
                .build();
        if (response.code() == SWITCHING_PROTOCOLS) {
            return response;
        }
        if (!response.isSuccessful()) {
            trace.note(request.method() + " " + request.url().encodedPath() + " " + transport(request) + ": HTTP "
                    + response.code() + " " + quoted(response));
        }
        return response.newBuilder().body(bounded(response.body())).build();
    }

    private static String transport(Request request) {
        String name = request.url().queryParameter("transport");
        return name == null ? "" : "(" + Text.cut(name, 20) + ")";
    }

    private static String quoted(Response response) {
        response.body().source().timeout().deadline(QUOTE_WAIT_MS, TimeUnit.MILLISECONDS);
        try {
            return Text.quote(response.peekBody(QUOTED).string(), QUOTED);
        } catch (IOException unread) {
            return "with a body that never arrives";
        } finally {
            response.body().source().timeout().clearDeadline();
        }
    }

    private ResponseBody bounded(ResponseBody body) {
        return ResponseBody.create(Okio.buffer(new Bounded(body.source())), body.contentType(), body.contentLength());
    }

    /** Counts what an answer costs in memory: Engine.IO packets take far more than their bytes. */
    private final class Bounded extends ForwardingSource {
        private static final byte PACKET_SEPARATOR = 0x1e;
        private static final int PACKET_OVERHEAD = 64;

        private long received;

        Bounded(Source source) {
            super(source);
        }

        @Override
        public long read(Buffer into, long count) throws IOException {
            long begun = into.size();
            long read = super.read(into, count);
            received += Math.max(0, read);
            for (long at = begun - 1; (at = into.indexOf(PACKET_SEPARATOR, at + 1)) >= 0; ) {
                received += PACKET_OVERHEAD;
            }
            if (received > longest) {
                trace.overloaded();
                throw new IOException("a response of more than " + longest + " bytes");
            }
            return read;
        }
    }
}
