package siodiag.ask;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import siodiag.core.Text;

/** The server's answers to a CONNECT to each namespace, by its name. */
public record NamespaceAnswers(Map<String, String> answers) {
    static final String CONNECTED = "connected";

    /** Those that accept the client. */
    public List<String> open() {
        return answers.keySet().stream()
                .filter(name -> answers.get(name).equals(CONNECTED))
                .toList();
    }

    @Override
    public String toString() {
        return new ShellText(text()).toString();
    }

    /** All of it, whoever reads it. */
    String text() {
        int width = answers.keySet().stream().mapToInt(String::length).max().orElse(0);
        return answers.entrySet().stream()
                .map(answer -> "\n  " + pad(answer.getKey(), width) + "  " + answer.getValue())
                .collect(Collectors.joining(
                        "",
                        open().size() + " of " + Text.count(answers.size(), "namespace")
                                + (answers.size() == 1 ? " accepts" : " accept") + " this client",
                        ""));
    }

    private static String pad(String name, int width) {
        return name + " ".repeat(width - name.length());
    }
}
