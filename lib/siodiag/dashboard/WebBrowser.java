package siodiag.dashboard;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import siodiag.core.CannotRunException;

/** The user's own browser. */
final class WebBrowser {
    private static final int MAX_START_SECONDS = 5;

    private WebBrowser() {}

    /** Opens the address. @throws CannotRunException if none of the ways that this system knows opens a browser */
    static void open(URI address) {
        if (openers().noneMatch(opener -> opens(opener, address))) {
            throw new CannotRunException(
                    "no browser could be opened; with --no-open the address is printed for you to open");
        }
    }

    private static Stream<List<String>> openers() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return Stream.of(List.of("open"));
        }
        if (system.contains("windows")) {
            return Stream.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
        }
        String chosen = System.getenv("BROWSER");
        return Stream.concat(
                Stream.ofNullable(chosen).filter(name -> !name.isBlank()).map(List::of),
                Stream.of(List.of("xdg-open"), List.of("wslview"), List.of("sensible-browser")));
    }

    /** True if the program succeeds, or still runs after a while: then it is the browser itself. */
    private static boolean opens(List<String> opener, URI address) {
        try {
            Process process = new ProcessBuilder(Stream.concat(opener.stream(), Stream.of(address.toString()))
                            .toList())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return !process.waitFor(MAX_START_SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
