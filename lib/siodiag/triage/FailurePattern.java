package siodiag.triage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import siodiag.core.Redactor;

/** The failures that share a template, counted; of the failures themselves only the first few are kept. */
final class FailurePattern {
    static final int EXAMPLES = 3;
    private static final Redactor SECRETS = new Redactor();

    private final String template;
    private final ThrownException thrown;
    private final CategoryRule rule;
    private final List<Failure> examples = new ArrayList<>(1);
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final Set<String> modules = new LinkedHashSet<>();
    private Set<StackFrame> shared;
    private String firstTest = "";
    private boolean ofOneTest = true;
    private boolean sameMessage = true;
    private int count;

    /** @param rule the rule that chose the category, null where none did */
    FailurePattern(String template, ThrownException thrown, CategoryRule rule) {
        this.template = SECRETS.hide(template);
        this.thrown = new ThrownException(thrown.type(), SECRETS.hide(thrown.message()));
        this.rule = rule;
    }

    void add(Failure failure, Evidence evidence, boolean keepExample) {
        firstTest = count == 0 ? failure.test() : firstTest;
        ofOneTest &= firstTest.equals(failure.test());
        count++;
        if (keepExample && examples.size() < EXAMPLES) {
            examples.add(masked(failure));
        }
        sameMessage &= thrown.message().equals(evidence.thrown().message());
        StackFrame origin = evidence.origin();
        places.merge(origin != null && origin.isProject() ? origin.place() : failure.fileHint(), 1, Integer::sum);
        modules.add(failure.module());
        share(new LinkedHashSet<>(
                evidence.frames().stream().filter(StackFrame::isProject).toList()));
    }

    /** Takes over what another pattern of the same general form has counted. */
    void absorb(FailurePattern other) {
        count += other.count;
        other.examples.stream().limit(EXAMPLES - examples.size()).forEach(examples::add);
        sameMessage = false;
        ofOneTest = false;
        other.places.forEach((place, number) -> places.merge(place, number, Integer::sum));
        modules.addAll(other.modules);
        share(other.shared);
    }

    /** What the failures have in common, as one line that may hold whatever the report held. */
    String template() {
        return template;
    }

    /** The first failure's exception. */
    ThrownException thrown() {
        return thrown;
    }

    CategoryRule rule() {
        return rule;
    }

    int count() {
        return count;
    }

    /** Whether all failures are runs of one test, with whatever parameters. */
    boolean isOfOneTest() {
        return ofOneTest;
    }

    List<Failure> examples() {
        return Collections.unmodifiableList(examples);
    }

    /** How many files or classes the failures are in. */
    int modules() {
        return modules.size();
    }

    /** Where in the project the failures were raised, else where their tests are, each with its number. */
    Map<String, Integer> places() {
        return Collections.unmodifiableMap(places);
    }

    /** What the failures say: word for word where it is the same for all, else what they have in common. */
    String message() {
        return sameMessage && !thrown.isBareComparison() && !thrown.headline().isEmpty() ? thrown.headline() : template;
    }

    /** The project's files that every one of the failures went through. */
    Set<String> files() {
        return shared == null
                ? new LinkedHashSet<>()
                : shared.stream().map(StackFrame::file).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The deepest frame of the project that every one of the failures went through, or null. */
    StackFrame sharedFrame() {
        return shared == null || shared.isEmpty() ? null : shared.iterator().next();
    }

    private static Failure masked(Failure failure) {
        return new Failure(
                failure.nodeId(),
                failure.fileHint(),
                failure.exceptionType(),
                SECRETS.hide(failure.message()),
                SECRETS.hide(failure.traceback()),
                failure.reproduce(),
                failure.phase());
    }

    private void share(Set<StackFrame> frames) {
        if (shared == null) {
            shared = new LinkedHashSet<>(frames);
        } else {
            shared.retainAll(frames);
        }
    }
}
