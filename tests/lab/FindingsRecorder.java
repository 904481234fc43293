package siodiag.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import siodiag.command.DiagnosticCommand;
import siodiag.diagnosis.RecordedFindings;
import siodiag.harness.BuiltScript;
import siodiag.harness.LoadedScript;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;

/** Runs of {@code run-all} that put their findings aside, to be kept where they were right. */
public final class FindingsRecorder {
    private static final Path ASIDE = Project.root().resolve("target/findings");

    private FindingsRecorder() {}

    /** A run with an environment is a program of its own. @param arguments the scenario, then those of the run */
    public static void main(String[] arguments) {
        System.exit(run(arguments[0], Arrays.asList(arguments).subList(1, arguments.length))
                .exitCode());
    }

    static Toolkit.Run run(String scenario, List<String> words) {
        DiagnosticCommand command = (DiagnosticCommand) LoadedScript.command("RunAll");
        Toolkit.Run run = LoadedScript.run(command, words);
        RecordedFindings.of(command.examination()).write(aside(scenario));
        return run;
    }

    static Toolkit.Run runAsProgram(String scenario, Map<String, String> environment, List<String> words) {
        return BuiltScript.ofTests(FindingsRecorder.class, scenario).run(environment, words);
    }

    /** Keeps what the scenario's last run found. */
    static void keep(String scenario) {
        try {
            Path file = RecordedFindings.file(scenario);
            Files.createDirectories(file.getParent());
            Files.move(aside(scenario), file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path aside(String scenario) {
        return ASIDE.resolve(RecordedFindings.file(scenario).getFileName());
    }
}
