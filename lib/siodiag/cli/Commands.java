package siodiag.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import siodiag.core.CannotRunException;
import siodiag.core.Console;
import siodiag.core.ExitCode;
import siodiag.core.ExitCodes;
import siodiag.core.Redactor;
import siodiag.core.Text;
import siodiag.core.UsageException;

/** Runs a picocli command the way all of them are run: one line for bad input, no stack trace unless asked for. */
public final class Commands {
    /** Words that are shorter are like too many others. */
    private static final int SHORT = 5;

    private Commands() {}

    /** The exit code: the command's own, 64 for wrong usage, 70 where it could not run. */
    public static int execute(Object command, String... args) {
        return ExitCodes.in(args).of(prepared(command).execute(args));
    }

    /** The command with what all of them share, for a caller that wants its output elsewhere. */
    public static CommandLine prepared(Object command) {
        CommandLine line = new CommandLine(command);
        line.setOut(Console.writer(System.out));
        line.setErr(Console.writer(System.err));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAllowOptionsAsOptionParameters(false);
        line.registerConverter(double.class, text -> number(text, Double::parseDouble, "a number"));
        line.registerConverter(Double.class, text -> number(text, Double::parseDouble, "a number"));
        line.registerConverter(int.class, text -> number(text, Integer::parseInt, "a whole number"));
        line.registerConverter(Integer.class, text -> number(text, Integer::parseInt, "a whole number"));
        line.setExpandAtFiles(false); // --auth @FILE reads its file itself
        line.setParameterExceptionHandler((failure, arguments) -> complain(
                failure.getCommandLine(),
                oneLine(failure.getMessage()) + hint(failure, List.of(arguments)),
                ExitCode.USAGE));
        line.setExecutionExceptionHandler((failure, at, parsed) -> failed(at, failure, isVerbose(parsed)));
        return line;
    }

    private static <N extends Number> N number(String text, Function<String, N> parse, String what) {
        try {
            return parse.apply(text);
        } catch (NumberFormatException notOne) {
            throw new CommandLine.TypeConversionException("'" + Text.cut(text, 60) + "' is not " + what);
        }
    }

    private static String hint(CommandLine.ParameterException failure, List<String> arguments) {
        List<String> wrong = failure instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched()
                : List.of();
        Set<String> subcommands = failure.getCommandLine().getSubcommands().keySet();
        Optional<String> meant = wrong.isEmpty() ? Optional.empty() : nearest(wrong.get(0), failure.getCommandLine());
        if (meant.isPresent()) {
            String command = failure.getCommandLine().getCommandSpec().root().name();
            return "; did you mean " + meant.get() + "?"
                    + CorrectedCommand.of(command, arguments, wrong.get(0), meant.get())
                            .map(line -> " Try: " + line)
                            .orElse("");
        }
        return subcommands.isEmpty() ? " (see --help)" : "; one of " + String.join(", ", subcommands);
    }

    /** The option or subcommand that differs from what was typed by few letters. */
    private static Optional<String> nearest(String typed, CommandLine line) {
        String word = typed.split("=", 2)[0];
        Set<String> known = word.startsWith("-")
                ? line.getCommandSpec().optionsMap().keySet()
                : line.getSubcommands().keySet();
        return known.stream()
                .min(Comparator.comparingInt(name -> Text.distance(word, name)))
                .filter(name -> isClose(word, name));
    }

    private static boolean isClose(String word, String name) {
        int distance = Text.distance(word, name);
        int allowed = word.length() < SHORT ? 1 : Math.max(2, word.length() / 3);
        return word.length() > 2 && distance > 0 && distance <= allowed;
    }

    private static int failed(CommandLine line, Exception failure, boolean verbose) {
        if (failure instanceof UsageException) {
            return complain(line, failure.getMessage(), ExitCode.USAGE);
        }
        if (verbose) {
            failure.printStackTrace(line.getErr());
        }
        String message = failure instanceof CannotRunException
                ? failure.getMessage()
                : "internal error: " + failure + " (-v shows where)";
        return complain(line, message, ExitCode.CANNOT_RUN);
    }

    private static boolean isVerbose(CommandLine.ParseResult parsed) {
        return parsed.hasMatchedOption("-v");
    }

    private static int complain(CommandLine line, String message, int exitCode) {
        PrintWriter err = line.getErr();
        err.println(line.getCommandSpec().qualifiedName() + ": " + oneLine(message));
        err.flush();
        return exitCode;
    }

    private static String oneLine(String message) {
        return Text.cut(new Redactor().hide(String.valueOf(message).replaceAll("\\s+", " ")), 600);
    }
}
