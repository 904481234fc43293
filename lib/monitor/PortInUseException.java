package siodiag;

import java.io.IOException;

/** A server of ours could not bind because somebody else has the port; the message names the process, and what to do. */
final class PortInUseException extends IOException {
    private static final long serialVersionUID = 1;

    PortInUseException(int port, Throwable cause) {
        super(Cause.PORT_IN_USE.told("port " + port + " is in use"
                + PortHolder.of(port).map(holder -> " by " + holder).orElse("")), cause);
    }
}
