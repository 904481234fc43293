package siodiag.server;

import java.util.List;

/**
 * An event a client sent, complete with its attachments.
 *
 * @param name        the event's name
 * @param nameLiteral the name as the JSON literal it arrived in
 * @param arguments   each argument's JSON text; attachments are placeholders in it
 * @param attachments the binary attachments, in their order
 * @param ackId       the number an acknowledgement is asked for under, -1 if none is
 */
public record EventMessage(
        String name, String nameLiteral, List<String> arguments, List<byte[]> attachments, long ackId) {
    boolean wantsAck() {
        return ackId >= 0;
    }
}
