package siodiag.probe.connect;

/**
 * How the application itself disconnected a client that had connected and then did nothing (packet 41).
 *
 * @param words  of the packet or of the last event before it, as JSON; empty where there are none
 * @param afterMs how long the client had been connected, in milliseconds
 */
public record LastDisconnect(String namespace, String message, double afterMs) {}
