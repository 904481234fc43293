package siodiag;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The server's answers to a CONNECT to each namespace, by its name. */
public record AdhocNamespaces(Map<String, String> answers) {
    static final String LET_IN = "let in";

    /** Those that let the client in. */
    public List<String> open() {
        return answers.keySet().stream().filter(name -> answers.get(name).equals(LET_IN)).toList();
    }

    @Override
    public String toString() {
        int width = answers.keySet().stream().mapToInt(String::length).max().orElse(0);
        return answers.entrySet().stream().map(answer -> "\n  " + pad(answer.getKey(), width) + "  " + answer.getValue())
                .collect(Collectors.joining("", open().size() + " of " + Text.count(answers.size(), "namespace")
                        + " let this client in", ""));
    }

    private static String pad(String name, int width) {
        return name + " ".repeat(width - name.length());
    }
}
