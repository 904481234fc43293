package siodiag.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import siodiag.catalogue.Cause;
import siodiag.catalogue.CauseEntry;

/**
 * What something means.
 *
 * @param title  what was understood
 * @param fix    what to do; empty where that depends on the cause
 * @param causes what may be behind it, the most likely first
 */
record Explanation(String title, String meaning, String fix, List<Behind> causes) {

    /**
     * Something that may be behind it.
     *
     * @param cause   the cause's name; empty where the catalogue has none
     * @param when    what speaks for it
     * @param command the command that tells; empty where none does
     */
    record Behind(String cause, String when, String command) {}

    /** @param text a cause, a code, a disconnect reason, an HTTP status or an error text, as it was seen */
    static Optional<Explanation> of(String text) {
        String plain = text.strip().replaceAll("^[\"'`]+|[\"'`]+$", "").replaceAll("\\s+", " ");
        return Cause.of(plain.toLowerCase(Locale.ROOT)).map(Explanation::of).or(() -> Phrase.ALL.stream()
                .filter(phrase -> phrase.matches(plain))
                .findFirst()
                .map(Explanation::of));
    }

    private static Explanation of(Cause cause) {
        CauseEntry entry = cause.entry();
        List<Behind> causes =
                new ArrayList<>(List.of(new Behind(cause.id(), "this command tells whether it is", entry.command())));
        entry.also().forEach(other -> causes.add(new Behind("", other.what(), other.command())));
        List<String> fixes = new ArrayList<>(List.of(entry.fix()));
        entry.fixes().forEach((where, fix) -> fixes.add(where + ": " + fix));
        return new Explanation(
                cause.id() + " (" + cause.hop().label() + ", "
                        + cause.severity().label() + ")",
                entry.meaning(),
                String.join("\n", fixes),
                causes);
    }

    private static Explanation of(Phrase phrase) {
        return new Explanation(
                phrase.title(),
                phrase.meaning(),
                "",
                phrase.causes().stream()
                        .map(likely -> new Behind(
                                likely.cause().id(),
                                likely.when().isEmpty() ? likely.cause().entry().meaning() : likely.when(),
                                likely.cause().entry().command()))
                        .toList());
    }
}
