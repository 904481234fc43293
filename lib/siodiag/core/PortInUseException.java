package siodiag.core;

import java.io.IOException;

/** A server of ours could not bind because another process has the port; the message names the process and the fix. */
public final class PortInUseException extends IOException {
    private static final long serialVersionUID = 1;

    public PortInUseException(String message, Throwable cause) {
        super(message, cause);
    }
}
