package siodiag;

import java.io.IOException;
import java.util.Optional;

/** A server of ours could not bind because somebody else has the port. */
public final class PortInUseException extends IOException {
    private final int port;
    private final transient PortHolder holder;

    PortInUseException(int port, Throwable cause) {
        this(port, PortHolder.of(port).orElse(null), cause);
    }

    private PortInUseException(int port, PortHolder holder, Throwable cause) {
        super("port " + port + " is in use" + (holder == null ? "" : " by " + holder), cause);
        this.port = port;
        this.holder = holder;
    }

    public int port() {
        return port;
    }

    /** The process that has the port, where the system tells. */
    public Optional<PortHolder> holder() {
        return Optional.ofNullable(holder);
    }
}
