package siodiag.tap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import siodiag.command.ResultFile;
import siodiag.core.Shell;
import siodiag.core.Text;
import siodiag.passive.LearnedFlow;

/** Writes what was learned: the flow used most to the file that was named, others beside it. */
final class LearnedFiles {
    private LearnedFiles() {}

    static void write(Path file, LearnedFlow learned, URI server, PrintWriter out) {
        if (learned.flows().isEmpty()) {
            out.println("learned nothing: no event was seen to reach another client, several times and with different "
                    + "content; let two clients use the application");
        }
        int number = 1;
        for (ObjectNode flow : learned.flows()) {
            Path to = number == 1 ? file : beside(file, number);
            ResultFile.write(to.toString(), flow.toPrettyString() + "\n");
            String event = Text.visible(flow.path("name").asText().replaceFirst("^learned: ", ""));
            out.println("learned " + event + ": ./jbang run-all --url " + Shell.quote(server.toString()) + " --flow "
                    + Shell.quote(to.toString()));
            number++;
        }
        learned.notes().forEach(note -> out.println("  " + Text.visible(note)));
    }

    private static Path beside(Path file, int number) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String numbered = dot <= 0 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
        return file.resolveSibling(numbered);
    }
}
