package siodiag.target;

import java.util.List;
import siodiag.core.Source;

/**
 * What a server was recognised as.
 *
 * @param version    empty where the server does not tell
 * @param by         the evidence: {@code GET /health}, or the namespaces that exist
 * @param namespaces those that such an application has
 * @param posts      whether its hooks post over HTTP: then the intake belongs to it
 */
public record Application(Kind kind, String name, String version, String by, List<String> namespaces, boolean posts) {

    public enum Kind {
        TOOLKIT,
        CLAUDE_MPM,
        FIRST_SUITE
    }

    /** The namespaces of the first suite of diagnostics. */
    public static final List<String> EIGHT =
            List.of("/system", "/session", "/claude", "/agent", "/hook", "/todo", "/memory", "/log");

    /** A server of this project. @param namespaces those that it names; empty: the eight */
    static Application toolkit(String name, String version, List<String> namespaces) {
        return new Application(
                Kind.TOOLKIT, name, version, Recognition.HEALTH, namespaces.isEmpty() ? EIGHT : namespaces, false);
    }

    /** @param posts whether it is of a version whose hooks post */
    public static Application claudeMpm(String version, boolean posts) {
        return new Application(Kind.CLAUDE_MPM, "claude-mpm", version, Recognition.HEALTH, List.of("/"), posts);
    }

    /** @param existing those of the eight that exist */
    static Application firstSuite(List<String> existing) {
        return new Application(
                Kind.FIRST_SUITE,
                "first diagnostic suite",
                "",
                "its namespaces " + String.join(", ", existing),
                EIGHT,
                false);
    }

    public String title() {
        return version.isEmpty() ? name : name + " " + version;
    }

    /** Who promises what such an application has. */
    Source source() {
        return new Source(Source.Kind.RECOGNISED, title() + ", by " + by);
    }

    /** Whether such an application refuses clients without its token. */
    boolean hasToken() {
        return kind != Kind.CLAUDE_MPM;
    }

    /** The flows that such an application may have: at least one of them. */
    List<Flow> flows() {
        return kind == Kind.CLAUDE_MPM ? List.of(Flows.CLAUDE_MPM, Flows.CLAUDE_MPM_HTTP) : List.of(Flows.ECHO);
    }
}
