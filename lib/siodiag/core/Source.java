package siodiag.core;

import java.util.Locale;

/**
 * Who promised what is expected of a target. A diagnosis needs an expectation, and an expectation needs one of these.
 *
 * @param by the option, the evidence by which an application was recognised, or empty for the protocol's own
 */
public record Source(Kind kind, String by) {

    public enum Kind {
        STATED,
        RECOGNISED,
        PROTOCOL;

        /** The kind's name in every output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final Source PROTOCOL = new Source(Kind.PROTOCOL, "");

    /** @param option such as {@code --namespaces}, or the name of an environment variable */
    public static Source stated(String option) {
        return new Source(Kind.STATED, option);
    }

    public boolean isStated() {
        return kind == Kind.STATED;
    }

    /** For people: {@code --namespaces}; {@code claude-mpm 6.5.83, by GET /health}; {@code the protocol's default}. */
    public String title() {
        return kind == Kind.PROTOCOL ? "the protocol's default" : by;
    }
}
