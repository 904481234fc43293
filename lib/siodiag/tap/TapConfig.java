package siodiag.tap;

import siodiag.protocol.Endpoint;

/**
 * What a tap does.
 *
 * @param port     0 for a free one
 * @param upstream the real server
 * @param insecure whether any certificate of it will do
 */
record TapConfig(String host, int port, Endpoint upstream, boolean insecure, Faults faults) {}
