package siodiag.command;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import siodiag.core.Text;
import siodiag.target.Embedded;

/** Which server of the toolkit's own is examined, whatever listens at the default address. */
public final class EmbeddedOption {
    @Option(
            names = "--embedded",
            paramLabel = "SERVER",
            arity = "0..1",
            fallbackValue = "monitor",
            converter = Name.class,
            description = {
                "test a server of this toolkit, whatever listens at the default address: monitor (default), "
                        + "or netty-socketio (the script server, which JBang builds at the first run)"
            })
    Embedded kind;

    /** In place of picocli's own conversion, whose message names the constants too. */
    static final class Name implements ITypeConverter<Embedded> {
        @Override
        public Embedded convert(String name) {
            return Arrays.stream(Embedded.values())
                    .filter(kind -> kind.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException(Text.quote(name, 40) + " is not monitor or netty-socketio"));
        }
    }

    /** Whether one was asked for. */
    boolean isGiven() {
        return kind != null;
    }
}
