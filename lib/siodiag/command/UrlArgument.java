package siodiag.command;

import picocli.CommandLine.Parameters;
import siodiag.core.Text;
import siodiag.core.UsageException;

/** The server under test without {@code --url} in front of it. */
public final class UrlArgument {
    @Parameters(index = "0", arity = "0..1", paramLabel = "URL", description = "the same as --url URL")
    private String url;

    /** The options with this as their URL where it was given. @throws UsageException where there are two servers */
    public TargetOptions into(TargetOptions options) {
        if (url == null) {
            return options;
        }
        if (options.hasUrl()) {
            throw new UsageException("one server at a time: " + Text.quote(url, 80) + " or --url "
                    + Text.quote(options.urls.get(0), 80) + "; --peer names other nodes of one deployment");
        }
        options.addUrl(url);
        return options;
    }
}
