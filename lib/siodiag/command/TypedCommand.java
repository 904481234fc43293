package siodiag.command;

import picocli.CommandLine.Model.CommandSpec;
import siodiag.core.MaskedArguments;

/** The line that started a command, as a colleague can type it: credentials masked. */
public final class TypedCommand {
    private TypedCommand() {}

    /** @param spec of the command, which may be a subcommand of another program */
    public static String of(CommandSpec spec) {
        CommandSpec root = spec.root();
        String program = root == spec ? "./jbang " + spec.name() : root.name();
        return MaskedArguments.line(program, root.commandLine().getParseResult().originalArgs());
    }
}
