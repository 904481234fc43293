package siodiag.triage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import siodiag.core.Glob;
import siodiag.core.Text;

/**
 * One rule: what a failure with this cause looks like, and what a person should know about it.
 *
 * @param when any one of these is enough
 * @param valuesMatter whether quoted values are the cause itself, such as the module that is missing: failures that
 *        differ in them only are then never put together
 * @param missing whether the value names something that is missing, so that providing it closes all its failures
 * @param because the likely cause, as a clause that can follow "probably"
 * @param check what to look at, one sentence each
 * @param command the toolkit's command that would tell the cause; empty where none would
 * @param tells what that command tells apart
 */
record CategoryRule(
        String id,
        String category,
        List<Condition> when,
        boolean valuesMatter,
        boolean missing,
        String because,
        List<String> check,
        String command,
        String tells) {
    @JsonCreator
    CategoryRule(
            @JsonProperty("id") String id,
            @JsonProperty("category") String category,
            @JsonProperty("when") List<Condition> when,
            @JsonProperty("valuesMatter") boolean valuesMatter,
            @JsonProperty("missing") boolean missing,
            @JsonProperty("because") String because,
            @JsonProperty("check") List<String> check,
            @JsonProperty("command") String command,
            @JsonProperty("tells") String tells) {
        this.id = required(id, "id");
        this.category = required(category, "category");
        this.when = List.copyOf(required(when, "when"));
        this.valuesMatter = valuesMatter;
        this.missing = missing;
        this.because = because == null ? "" : because;
        this.check = check == null ? List.of() : List.copyOf(check);
        this.command = command == null ? "" : command;
        this.tells = tells == null ? "" : tells;
        if (!isCategory(category)) {
            throw new IllegalArgumentException(
                    "category \"" + Text.cut(category, 60) + "\" is not a word such as timeouts");
        }
    }

    boolean matches(ThrownException thrown, Evidence evidence) {
        return when.stream().anyMatch(condition -> condition.matches(thrown, evidence));
    }

    /** Whether the name can be a category: it becomes a file's name. */
    static boolean isCategory(String name) {
        return name.matches("[a-z][a-z0-9_]{0,40}") && !name.equals("index");
    }

    /** Whether what was thrown fits, whatever the phase and the frames. */
    boolean couldMatch(ThrownException thrown) {
        return when.stream().anyMatch(condition -> condition.fits(thrown));
    }

    private static <T> T required(T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("a rule lacks \"" + field + "\"");
        }
        return value;
    }

    /** Every field that is given must match; of a field's list, any one entry. */
    static final class Condition {
        private final Pattern type;
        private final Pattern says;
        private final Pattern shows;
        private final Pattern frame;
        private final List<TestPhase> phase;

        /**
         * @param type classes, qualified or not, {@code *} standing for any characters
         * @param says regular expressions over what the exception says in words, in any case
         * @param shows regular expressions over the whole message, the values of an assertion with it
         * @param frame regular expressions over {@code file:function} of the traceback's frames
         */
        @JsonCreator
        Condition(
                @JsonProperty("type") List<String> type,
                @JsonProperty("says") List<String> says,
                @JsonProperty("shows") List<String> shows,
                @JsonProperty("frame") List<String> frame,
                @JsonProperty("phase") List<TestPhase> phase) {
            this.type = anyOf(type, Glob::regex, 0);
            this.says = anyOf(says, Function.identity(), Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
            this.shows = anyOf(shows, Function.identity(), Pattern.CASE_INSENSITIVE);
            this.frame = anyOf(frame, Function.identity(), 0);
            this.phase = phase;
            if (type == null && says == null && shows == null && frame == null && phase == null) {
                throw new IllegalArgumentException("a condition has none of type, says, shows, frame, phase");
            }
        }

        private boolean matches(ThrownException thrown, Evidence evidence) {
            return (phase == null || phase.contains(evidence.phase()))
                    && fits(thrown)
                    && (frame == null
                            || evidence.frames().stream()
                                    .anyMatch(each -> frame.matcher(each.file() + ":" + each.function())
                                            .find()));
        }

        private boolean fits(ThrownException thrown) {
            return (type == null
                            || type.matcher(thrown.type()).matches()
                            || type.matcher(thrown.simpleType()).matches())
                    && (says == null || says.matcher(thrown.outcome()).find())
                    && (shows == null || shows.matcher(thrown.message()).find());
        }

        private static Pattern anyOf(List<String> alternatives, Function<String, String> toRegex, int flags) {
            return alternatives == null
                    ? null
                    : Pattern.compile(
                            alternatives.stream()
                                    .map(toRegex)
                                    .map(each -> "(?:" + each + ")")
                                    .collect(Collectors.joining("|")),
                            flags);
        }
    }
}
