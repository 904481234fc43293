package siodiag.command;

import siodiag.target.Embedded;
import siodiag.target.Target;

/** A server of the toolkit's own, for as long as the command runs. */
interface EmbeddedServer extends AutoCloseable {
    /** @throws CannotRunException where it can't start, with the reason */
    static EmbeddedServer start(Embedded kind, TargetOptions options) {
        return kind == Embedded.MONITOR ? EmbeddedMonitor.start(options) : EmbeddedNetty.start(options);
    }

    Target target();

    @Override
    void close();
}
