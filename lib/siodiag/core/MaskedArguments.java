package siodiag.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A command line as it was typed, fit for a shell, the values of credentials masked. */
public final class MaskedArguments {
    private static final Set<String> SECRET = Set.of("--token", "--auth", "--header", "--query", "--admin", "--redis");

    private MaskedArguments() {}

    /** @param command what stands in front, as it is */
    public static String line(String command, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(command));
        String before = "";
        for (String argument : arguments) {
            words.add(masked(before, argument));
            before = argument;
        }
        return new Redactor().hide(String.join(" ", words));
    }

    private static String masked(String before, String argument) {
        if (SECRET.contains(before)) {
            return Redactor.mask(argument);
        }
        int equals = argument.indexOf('=');
        boolean secret = equals > 0 && SECRET.contains(argument.substring(0, equals));
        return secret
                ? argument.substring(0, equals + 1) + Redactor.mask(argument.substring(equals + 1))
                : Shell.quote(argument);
    }
}
