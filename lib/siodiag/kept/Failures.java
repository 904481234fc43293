package siodiag.kept;

import io.netty.handler.codec.TooLongFrameException;
import java.io.IOException;
import siodiag.core.Text;

/** What an exception on a kept connection means. */
final class Failures {
    private static final int MAX_DETAIL = 120;

    private Failures() {}

    static Ending.Kind kind(Throwable failure) {
        if (failure instanceof IOException) {
            return Ending.Kind.RST;
        }
        return failure instanceof TooLongFrameException || isTooLong(failure) ? Ending.Kind.TOO_LARGE : Ending.Kind.FIN;
    }

    /** Netty's WebSocket decoder wraps the length in a violation of the protocol. */
    private static boolean isTooLong(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith("Max frame length of");
    }

    /** Nothing more than its kind where that says it all. */
    static String detail(Throwable failure) {
        return failure instanceof IOException ? "" : Text.cut(String.valueOf(failure.getMessage()), MAX_DETAIL);
    }
}
