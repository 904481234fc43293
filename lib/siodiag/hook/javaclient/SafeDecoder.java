package siodiag.hook.javaclient;

import io.socket.parser.DecodingException;
import io.socket.parser.IOParser;
import io.socket.parser.Parser;
import siodiag.core.Text;

/**
 * The library's decoder without its traps: what it throws on malformed packets would end its event thread, what it can't
 * decode it drops without a word, and it gathers as many attachments as a packet announces.
 */
final class SafeDecoder implements Parser.Decoder {
    private static final int ATTACHMENT_OVERHEAD = 64;

    private final Parser.Decoder library = new IOParser.Decoder();
    private final TransportTrace trace;
    private final long mostAttached;
    private long attached;

    /** @param mostAttached bytes of one packet's attachments that are kept */
    SafeDecoder(TransportTrace trace, long mostAttached) {
        this.trace = trace;
        this.mostAttached = mostAttached;
    }

    @Override
    public void add(String packet) {
        attached = 0;
        decode(Text.cut(packet, 80), () -> library.add(packet));
    }

    @Override
    public void add(byte[] attachment) {
        attached += attachment.length + ATTACHMENT_OVERHEAD;
        String what = "an attachment of " + Text.count(attachment.length, "byte");
        if (attached > mostAttached) {
            throw undecodable(what, "more than " + mostAttached + " bytes attached to one packet");
        }
        decode(what, () -> library.add(attachment));
    }

    @Override
    public void destroy() {
        library.destroy();
    }

    @Override
    public void onDecoded(Callback callback) {
        library.onDecoded(callback);
    }

    private void decode(String what, Runnable decoding) {
        try {
            decoding.run();
        } catch (RuntimeException | StackOverflowError failure) {
            throw undecodable(what, String.valueOf(failure.getMessage()));
        }
    }

    private DecodingException undecodable(String what, String why) {
        trace.note("the client library can't use " + what + ": " + Text.cut(why, 120));
        return new DecodingException(why);
    }
}
