package siodiag.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import siodiag.core.MaskedArguments;

/** The command line as it was most likely meant; what may be a secret in it is masked. */
final class CorrectedCommand {
    private static final int MAX_LENGTH = 300;

    private CorrectedCommand() {}

    /**
     * @param wrong what was not understood, one of the arguments
     * @param meant what stands in its place, or in place of its name
     * @return nothing where the line would be too long to read
     */
    static Optional<String> of(String command, List<String> arguments, String wrong, String meant) {
        List<String> corrected = new ArrayList<>(arguments);
        int at = corrected.indexOf(wrong);
        if (at < 0) {
            return Optional.empty();
        }
        int equals = wrong.indexOf('=');
        corrected.set(at, equals < 0 ? meant : meant + wrong.substring(equals));
        String line = MaskedArguments.line(command, corrected);
        return line.length() <= MAX_LENGTH ? Optional.of(line) : Optional.empty();
    }
}
