package siodiag.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import siodiag.catalogue.Severity;
import siodiag.core.Shell;
import siodiag.core.Source;
import siodiag.diagnosis.Diagnosis;
import siodiag.target.Flow;
import siodiag.target.Target;

/**
 * What to run next, after a result.
 *
 * @param purpose what it is for, as a phrase
 * @param command to be copied as it is, but for what stands in capitals
 */
record NextStep(String purpose, String command) {
    private static final String TOOL = "./jbang ";
    private static final Pattern PLACEHOLDER =
            Pattern.compile("--url URL\\b|\\bURL/socket\\.io|\\b(?:URL|HOST|PORT|NAMESPACE|EVENT)\\b");
    private static final String EXAMPLE = " --send EVENT --data '\"hello {mark}\"' --expect EVENT";

    /** Nothing where there is nothing better to do than to fix what was found. */
    static Optional<NextStep> of(Result result) {
        if (result.interrupted()) {
            return Optional.empty();
        }
        Target target = result.target();
        return result.diagnoses().stream()
                .filter(diagnosis -> diagnosis.severity() != Severity.INFO)
                .findFirst()
                .map(root -> afterwards(root, target))
                .orElseGet(() -> healthy(result));
    }

    private static Optional<NextStep> healthy(Result result) {
        Target target = result.target();
        if (target.embedded() != null) {
            return Optional.of(new NextStep("test your own server", "./jbang run-all --url URL"));
        }
        if (!result.notTested().isEmpty()) {
            return Optional.of(new NextStep(
                    "test an event of your own" + credentials(target), "./jbang e2e" + address(target) + EXAMPLE));
        }
        return target.idle().isZero()
                ? Optional.of(new NextStep(
                        "see whether an idle connection lasts" + credentials(target),
                        "./jbang run-all" + address(target) + flow(target) + " --idle 120"))
                : Optional.empty();
    }

    /** The command that the catalogue names for the cause, with what is known filled in. */
    private static Optional<NextStep> afterwards(Diagnosis root, Target target) {
        String command = root.cause().entry().command();
        if (command.isEmpty() || target.embedded() != null || !command.startsWith(TOOL) && isWindows()) {
            return Optional.empty();
        }
        String filled = filled(command, target);
        return Optional.of(new NextStep("look closer" + credentials(target), filled));
    }

    private static String filled(String command, Target target) {
        Map<String, String> known = Map.of(
                "--url URL", address(target).strip(),
                "URL/socket.io", target.url() + target.path(),
                "URL", target.url().toString(),
                "HOST", target.endpoint().host(),
                "PORT", String.valueOf(target.endpoint().port()),
                "NAMESPACE", Shell.quote(namespace(target)),
                "EVENT", Shell.quote(event(target)));
        return PLACEHOLDER.matcher(command).replaceAll(found -> Matcher.quoteReplacement(known.get(found.group())));
    }

    /** What the catalogue names there beside this toolkit may be missing, and its quotes mean something else. */
    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    private static String namespace(Target target) {
        return target.namespaces().isEmpty() ? "/" : target.namespaces().get(0);
    }

    private static String event(Target target) {
        Flow flow = target.flow();
        return flow == null || flow.send().isEmpty()
                ? "EVENT"
                : flow.send().get(0).event();
    }

    private static String address(Target target) {
        List<String> words = new ArrayList<>(List.of("--url", target.url().toString()));
        if (!target.path().equals(Target.DEFAULT_PATH)) {
            words.addAll(List.of("--path", target.path()));
        }
        return " " + words.stream().map(Shell::quote).collect(Collectors.joining(" "));
    }

    private static String flow(Target target) {
        return target.stated().flow() == null
                ? ""
                : " "
                        + target.stated().flowArguments().stream()
                                .map(Shell::quote)
                                .collect(Collectors.joining(" "));
    }

    /** They are not repeated: they are secrets. */
    private static String credentials(Target target) {
        Source source = target.credentials().source();
        return target.credentials().isStated() && source != null && !source.by().startsWith("$")
                ? " (with your " + source.by() + ")"
                : "";
    }
}
