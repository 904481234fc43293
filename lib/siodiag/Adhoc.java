package siodiag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import siodiag.ask.AskConnection;
import siodiag.ask.AskException;
import siodiag.ask.AskMonitor;
import siodiag.ask.AskServer;
import siodiag.ask.NamespaceAnswers;
import siodiag.ask.ProbeResult;
import siodiag.ask.ShellText;
import siodiag.ask.WatchResult;
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
            Usage: one of these, then Enter. The server is the one of --url, else of
            $CLAUDE_MPM_SOCKETIO_PORT, else http://localhost:8765.

              probe()                            hop by hop, with the cause
              namespaces()                       which namespaces accept this client
              events(10)                         what comes in 10 seconds, by name
              var c = connect("/")               join a namespace
              c.send("say", "hello", 3)          send, wait for the acknowledgement
              c.emit("say", Map.of("a", 1))      send, don't wait
              c.expect("said")                   the next event of that name
              c.watch(10)                        all events of the next 10 seconds
              var m = monitor()                  a server in place of the real one
              replay("record.jsonl")             resend what a monitor has recorded
              holder(8765)                       which process holds the port
              server("https://host").token("t")  another server: .probe() .connect("/")

            Adhoc. and Tab lists the commands, c. and Tab what a connection can do;
            /exit closes everything.""";

    /** What every server of the session is asked with: the options that the session was started with. */
    private static volatile List<String> options = List.of();

    private Adhoc() {}

    /**
     * Takes the options of a session, such as {@code --url http://localhost:3000}, for every server that it asks.
     *
     * @param given options, a URL in front of them or not
     * @return what there is to say
     * @throws AskException where one is wrong
     */
    public static ShellText start(String... given) {
        List<String> words = new ArrayList<>(List.of(given));
        words.remove("--help");
        if (!words.isEmpty() && !words.get(0).startsWith("-")) {
            words.set(0, "--url=" + words.get(0));
        }
        AskServer.of(words);
        options = List.copyOf(words);
        ShellText.beginSession();
        return help();
    }

    /** What there is to say. */
    public static ShellText help() {
        return new ShellText(HELP);
    }

    /** The server at the default address. */
    public static AskServer server() {
        return AskServer.of(options);
    }

    /** @param url such as {@code http://localhost:8765} */
    public static AskServer server(String url) {
        List<String> there = new ArrayList<>(options);
        there.add("--url=" + url);
        return AskServer.of(there);
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

    /** {@link AskServer#events} of the default server. */
    public static WatchResult events(double seconds) throws InterruptedException {
        return server().events(seconds);
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
