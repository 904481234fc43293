package siodiag;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The words of an ad hoc session, for {@code import static siodiag.Adhoc.*}. Where no server is named, it is the one at
 * the commands' default address. Whatever can't be had is an {@link AdhocFailure}: one sentence.
 */
public final class Adhoc {
    private static final String WORDS = """
            Usage: one of these, then Enter. Without a server, http://localhost:$CLAUDE_MPM_SOCKETIO_PORT, else port 8765.

              probe()                                hop by hop, with the cause of what is wrong
              namespaces()                           which namespaces let this client in
              var hook = connect("/hook")            join a namespace
              hook.send("user_prompt", Map.of(…))    send, and wait for the acknowledgement (emit: don't wait)
              hook.expect("echo_user_prompt")        the next event of that name
              hook.watch(10)                         all events of the next 10 seconds
              var m = monitor()                      a server that stands in for the real one;  m.stop()
              replay("record.jsonl")                 send again what a monitor has recorded
              holder(8765)                           which process has the port
              server("https://host").token("t")      another server: .probe() .connect("/hook") .timeout(2) …

            Adhoc. and Tab lists the words, hook. and Tab what can be done with one; /exit ends and closes everything.""";

    private Adhoc() {
    }

    /** What there is to say. */
    public static AdhocText help() {
        return new AdhocText(WORDS);
    }

    /** The server at the default address. */
    public static AdhocServer server() {
        return AdhocServer.of(Map.of());
    }

    /** @param url such as {@code http://localhost:8765} */
    public static AdhocServer server(String url) {
        return AdhocServer.of(Map.of("--url", url));
    }

    /** {@link AdhocServer#probe} of the default server. */
    public static AdhocProbe probe() throws InterruptedException {
        return server().probe();
    }

    /** {@link AdhocServer#probe} of that server. */
    public static AdhocProbe probe(String url) throws InterruptedException {
        return server(url).probe();
    }

    /** {@link AdhocServer#namespaces} of the default server. */
    public static AdhocNamespaces namespaces() {
        return server().namespaces();
    }

    /** {@link AdhocServer#connect} to the default server. */
    public static AdhocConnection connect(String namespace) {
        return server().connect(namespace);
    }

    /** A monitor at the default port. */
    public static AdhocMonitor monitor() {
        return monitor(server().target().endpoint().port());
    }

    /** @param port 0 for a free one */
    public static AdhocMonitor monitor(int port) {
        return AdhocMonitor.start(port, null);
    }

    /** @param record the file that gets a line for everything that happens */
    public static AdhocMonitor monitor(int port, String record) {
        return AdhocMonitor.start(port, record);
    }

    /** {@link AdhocServer#replay} to the default server. */
    public static AdhocProbe replay(String file) throws InterruptedException {
        return server().replay(file);
    }

    /** The process that listens on a TCP port of this machine. */
    public static AdhocText holder(int port) {
        return new AdhocText(PortHolder.of(port).map(PortHolder::toString).orElse(
                "nobody listens on port " + port + ", or the system does not tell"));
    }

    /** Data in JSON, for {@code send}. */
    public static JsonNode json(String text) {
        JsonNode json = Json.parse(text);
        if (json.isMissingNode()) {
            throw new AdhocFailure("no JSON: " + Text.cut(text, 80));
        }
        return json;
    }
}
