package siodiag.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import siodiag.core.Text;
import siodiag.core.Urls;
import siodiag.core.UsageException;
import siodiag.protocol.Endpoint;

/**
 * A server's address as people type it or paste it: a URL, {@code localhost:3000}, {@code 3000}, or the URL of a request
 * from a browser's network tab.
 *
 * @param path the Engine.IO path that the address holds; null for none
 */
public record ServerAddress(URI url, String path) {
    private static final Pattern PORT = Pattern.compile(":?(\\d{1,5})");
    private static final Pattern NO_SCHEME = Pattern.compile(
            "(localhost|[\\w.-]+(?=:\\d)|[\\w-]+(?:\\.[\\w-]+)+|\\[[0-9a-fA-F:.]+\\])(:\\d{1,5})?([/?#].*)?");
    private static final Pattern ENGINE_PATH = Pattern.compile("(?i)(.*/)?socket\\.io/?");
    private static final List<String> SCHEMES = List.of("http", "https", "ws", "wss");
    /** They are Engine.IO's own, and part of every URL that a browser's network tab shows. */
    private static final Set<String> ENGINE_PARAMETERS = Set.of("EIO", "transport", "sid", "t", "b64", "j");

    /** @throws UsageException in one line that proposes what was most likely meant */
    public static ServerAddress parse(String option, String text) {
        String wrong = option + " " + Text.quote(text, 120) + ": ";
        try {
            URI url = new URI(withScheme(text.strip()));
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (!SCHEMES.contains(scheme) || url.getRawAuthority() == null) {
                throw new UsageException(wrong + "not a URL such as http://localhost:8765");
            }
            if (url.getRawUserInfo() != null) {
                throw new UsageException(
                        option + ": without a user name; use --header 'Authorization: Basic …' in its place");
            }
            URI server = URI.create(scheme + "://" + Endpoint.of(url));
            checkQuery(option, url, server);
            return new ServerAddress(server, enginePath(wrong, url, server));
        } catch (URISyntaxException failure) {
            throw new UsageException(wrong + "not a URL such as http://localhost:8765");
        } catch (IllegalArgumentException failure) {
            throw new UsageException(wrong + failure.getMessage() + "; a URL such as http://localhost:8765");
        }
    }

    /** Servers on this machine or at a port of their own seldom have TLS; others mostly do. */
    private static String withScheme(String text) {
        Matcher port = PORT.matcher(text);
        if (port.matches()) {
            return "http://localhost:" + port.group(1);
        }
        Matcher host = NO_SCHEME.matcher(text);
        if (!host.matches()) {
            return text;
        }
        boolean plain = host.group(2) != null || Urls.isLoopback(host.group(1).replaceAll("[\\[\\]]", ""));
        return (plain ? "http://" : "https://") + text;
    }

    /** The values of a query may be secrets: none is repeated. */
    private static void checkQuery(String option, URI url, URI server) {
        if (url.getRawQuery() == null) {
            return;
        }
        List<String> others = Arrays.stream(url.getRawQuery().split("&"))
                .map(parameter -> parameter.split("=", 2)[0])
                .filter(name -> !name.isEmpty() && !ENGINE_PARAMETERS.contains(name))
                .toList();
        if (!others.isEmpty()) {
            throw new UsageException(option + ": without a query; try " + option + " " + server + " "
                    + others.stream()
                            .map(name -> "--query " + Text.cut(name, 40) + "=…")
                            .collect(Collectors.joining(" ")));
        }
    }

    private static String enginePath(String wrong, URI url, URI server) {
        String path = url.getRawPath();
        if (path == null || path.length() <= 1) {
            return null;
        }
        if (ENGINE_PATH.matcher(path).matches()) {
            return path;
        }
        String plain = Text.cut(path.replaceFirst("/$", ""), 80);
        throw new UsageException(wrong + "a path can mean two things; try " + server + " --namespaces " + plain
                + " for a namespace, or --path " + plain + " for the Engine.IO path");
    }
}
