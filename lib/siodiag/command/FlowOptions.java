package siodiag.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import siodiag.core.Shell;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.target.Flow;
import siodiag.target.Flows;
import siodiag.target.Target;

/** What the server is expected to do with an event, as the user states it. */
final class FlowOptions {
    @Option(
            names = "--flow",
            paramLabel = "NAME|FILE",
            description = "what the server does with an event: echo, claude-mpm, claude-mpm-http, or a JSON file "
                    + "(default: detected where the application is recognised)")
    String flow;

    @Option(names = "--send", paramLabel = "EVENT", description = "a flow without a file: emit this event")
    String send;

    @Option(
            names = "--data",
            paramLabel = "JSON",
            description = "an argument of --send, with {mark} anywhere in it (repeatable)")
    List<String> data = new ArrayList<>();

    @Option(
            names = "--expect",
            paramLabel = "EVENT",
            description = "the event that receivers get for --send, or ack if there is only an acknowledgement")
    String expect;

    /**
     * The flow that is stated; null for none.
     *
     * @param namespaces that are stated; a flow that names none goes to {@code /}, or to the only one that is stated
     * @throws UsageException in one line
     */
    Flow flow(List<String> namespaces) {
        String home = namespaces != null && namespaces.size() == 1
                ? Target.normalNamespaces(namespaces).get(0)
                : "/";
        if (send == null) {
            refuse(!data.isEmpty(), "--data only goes with --send EVENT: it is an argument of the event");
            refuse(expect != null, "--expect only goes with --send EVENT: it is the event that receivers get");
            return flow == null ? null : Flows.named(flow, home);
        }
        refuse(flow != null, "--send is a flow of its own: leave out --flow, or add the event to its file");
        refuse(send.isEmpty(), "--send: the name of an event");
        refuse(
                expect == null || expect.isEmpty(),
                "--send " + Shell.quote(Text.cut(send, 80)) + " needs --expect EVENT (what "
                        + "receivers get), or --expect ack if there is only an acknowledgement");
        return Flows.stated(send, data, expect, home);
    }

    /** The option that states it. */
    String option() {
        return send == null ? "--flow" : "--send";
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new UsageException(why);
        }
    }
}
