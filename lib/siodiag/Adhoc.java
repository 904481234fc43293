package siodiag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import siodiag.ask.AskConnection;
import siodiag.ask.AskException;
import siodiag.ask.AskMonitor;
import siodiag.ask.AskServer;
import siodiag.ask.NamespaceAnswers;
import siodiag.ask.ProbeResult;
import siodiag.ask.ShellText;
import siodiag.core.Json;
import siodiag.core.PortOwner;
import siodiag.core.Text;

/**
 * The words of an ad hoc session, for {@code import static siodiag.Adhoc.*}. Where no server is named, it is the one at
 * the commands' default address. Whatever can't be had is an {@link AskException}: one sentence.
 */
public final class Adhoc {
    private static final String HELP =
            """
            Usage: one of these, then Enter. Without a server, http://localhost:$CLAUDE_MPM_SOCKETIO_PORT, else port 8765.

              probe()                                hop by hop, with the cause of what is wrong
              namespaces()                           which namespaces accept this client
              var hook = connect("/hook")            join a namespace
              hook.send("user_prompt", Map.of(…))    send and wait for the acknowledgement (emit: don't wait)
              hook.expect("echo_user_prompt")        the next event of that name
              hook.watch(10)                         all events of the next 10 seconds
              var m = monitor()                      a server that stands in for the real one;  m.stop()
              replay("record.jsonl")                 resend what a monitor has recorded
              holder(8765)                           which process holds the port
              server("https://host").token("t")      another server: .probe() .connect("/hook") .timeout(2) …

            Adhoc. and Tab lists the commands, hook. and Tab what a connection can do; /exit closes everything.""";

    private Adhoc() {}

    /** What there is to say. */
    public static ShellText help() {
        return new ShellText(HELP);
    }

    /** The server at the default address. */
    public static AskServer server() {
        return AskServer.of(Map.of());
    }

    /** @param url such as {@code http://localhost:8765} */
    public static AskServer server(String url) {
        return AskServer.of(Map.of("--url", url));
    }

    /** {@link AskServer#probe} of the default server. */
    public static ProbeResult probe() throws InterruptedException {
        return server().probe();
    }

    /** {@link AskServer#probe} of that server. */
    public static ProbeResult probe(String url) throws InterruptedException {
        return server(url).probe();
    }

    /** {@link AskServer#namespaces} of the default server. */
    public static NamespaceAnswers namespaces() {
        return server().namespaces();
    }

    /** {@link AskServer#connect} to the default server. */
    public static AskConnection connect(String namespace) {
        return server().connect(namespace);
    }

    /** A monitor at the default port. */
    public static AskMonitor monitor() {
        return monitor(server().target().endpoint().port());
    }

    /** @param port 0 for a free one */
    public static AskMonitor monitor(int port) {
        return AskMonitor.start(port, null);
    }

    /** @param record the file that gets a line for everything that happens */
    public static AskMonitor monitor(int port, String record) {
        return AskMonitor.start(port, record);
    }

    /** {@link AskServer#replay} to the default server. */
    public static ProbeResult replay(String file) throws InterruptedException {
        return server().replay(file);
    }

    /** The process that listens on a TCP port of this machine. */
    public static ShellText holder(int port) {
        return new ShellText(PortOwner.describe(port));
    }

    /** Data in JSON, for {@code send}. */
    public static JsonNode json(String text) {
        JsonNode json = Json.parse(text);
        if (json.isMissingNode()) {
            throw new AskException("not valid JSON: " + Text.cut(text, 80));
        }
        return json;
    }
}
