package siodiag.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The Socket.IO parsers that are spoken here. */
public enum Parser {
    DEFAULT("the default parser", TextCodec::new),
    /** socket.io-msgpack-parser (Node), {@code serializer='msgpack'} (python-socketio). */
    MSGPACK("MessagePack", MessagePackCodec::new);

    private final String title;
    private final Supplier<PacketCodec> codec;

    Parser(String title, Supplier<PacketCodec> codec) {
        this.title = title;
        this.codec = codec;
    }

    /** The parser that an option names; nothing where there is none of that name. */
    public static Optional<Parser> named(String label) {
        return Arrays.stream(values())
                .filter(parser -> parser.label().equals(label))
                .findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** A codec for one session. */
    public PacketCodec codec() {
        return codec.get();
    }
}
