package siodiag.watch;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import siodiag.command.ServerAddress;
import siodiag.core.Glob;
import siodiag.core.Text;
import siodiag.core.UsageException;

/** What {@code /probe} may reach: whoever can ask for the metrics must not reach the network through it. */
final class AllowList {
    /** Nobody writes them. */
    private static final Pattern DEFAULT_PORT = Pattern.compile("^(https://[^/]*):443$|^(http://[^/]*):80$");

    private final List<Pattern> patterns = new ArrayList<>();
    private final List<String> written = new ArrayList<>();

    /** @param urls  the watched ones @param globs of {@code --allow}, against scheme, host and port */
    AllowList(List<URI> urls, List<String> globs) {
        urls.forEach(url -> add(url.toString(), Pattern.quote(url.toString())));
        globs.forEach(glob -> add(glob, Glob.regex(glob)));
    }

    private void add(String text, String regex) {
        written.add(text);
        patterns.add(Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
    }

    /** @throws UsageException where it is not a URL, or not one that is allowed */
    ServerAddress admitted(String target) {
        ServerAddress address = ServerAddress.parse("target", target);
        String url = address.url().toString();
        String bare = DEFAULT_PORT.matcher(url).replaceFirst("$1$2");
        if (patterns.stream()
                .noneMatch(pattern ->
                        pattern.matcher(url).matches() || pattern.matcher(bare).matches())) {
            throw new UsageException("target " + Text.quote(url, 120)
                    + ": not allowed; watch it, or start with --allow " + Text.cut(url, 120));
        }
        return address;
    }

    boolean isEmpty() {
        return written.isEmpty();
    }
}
