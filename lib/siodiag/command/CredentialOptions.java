package siodiag.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;
import siodiag.core.Json;
import siodiag.core.Source;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.protocol.ClientCertificate;
import siodiag.protocol.Credentials;

/** What a client shows to be connected: options, then the environment; nothing that nobody stated. */
public final class CredentialOptions {
    public static final String TOKEN_VARIABLE = "CLAUDE_MPM_SOCKETIO_TOKEN";
    private static final String PASSWORD_VARIABLE = "CLIENT_CERT_PASSWORD";
    private static final long MAX_AUTH_BYTES = 64 * 1024;
    /** They are the protocols' own. */
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "connection",
            "content-length",
            "sec-websocket-key",
            "sec-websocket-version",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> RESERVED_PARAMETERS = Set.of("EIO", "sid", "transport");

    @Option(
            names = "--token",
            paramLabel = "T",
            description = "sent as auth: {\"token\": T} (default: $" + TOKEN_VARIABLE
                    + ", otherwise dev-token for a recognised application that uses it)")
    private String token;

    @Option(
            names = "--auth",
            paramLabel = "JSON|@FILE",
            description = "the whole auth object of the CONNECT, instead of --token")
    private String auth;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "sent with every request and upgrade: cookies, bearers, API keys (repeatable)")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--query",
            paramLabel = "NAME=VALUE",
            description = "added to the query string of every request and upgrade (repeatable)")
    private List<String> query = new ArrayList<>();

    @Option(
            names = "--client-cert",
            paramLabel = "FILE",
            description = "a client certificate with its key, PEM or PKCS#12 (password: $" + PASSWORD_VARIABLE + ")")
    private Path certificate;

    /** The certificate of a file, its password from the environment; null for none. @throws UsageException in one line */
    public static ClientCertificate certificate(Path file) {
        return file == null ? null : ClientCertificate.of(file, System.getenv(PASSWORD_VARIABLE));
    }

    /** @throws UsageException in one line that says what was wrong and what would be right */
    Credentials credentials() {
        if (token != null && auth != null) {
            throw new UsageException(
                    "--token and --auth: one or the other; the token is the field \"token\" of the auth object");
        }
        List<String> by = new ArrayList<>();
        String object = authObject(by);
        Map<String, String> shown = new LinkedHashMap<>();
        headers.forEach(header -> addHeader(header, shown));
        Map<String, String> parameters = new LinkedHashMap<>();
        query.forEach(parameter -> addParameter(parameter, parameters));
        note(by, !headers.isEmpty(), "--header");
        note(by, !query.isEmpty(), "--query");
        note(by, certificate != null, "--client-cert");
        return by.isEmpty()
                ? Credentials.NONE
                : new Credentials(
                        object, shown, parameters, certificate(certificate), Source.stated(String.join(", ", by)));
    }

    private String authObject(List<String> by) {
        String environment = System.getenv(TOKEN_VARIABLE);
        if (auth != null) {
            by.add("--auth");
            return parsedAuth();
        } else if (token != null) {
            by.add("--token");
            return Json.write(Map.of("token", token));
        } else if (environment != null) {
            by.add("$" + TOKEN_VARIABLE);
            return Json.write(Map.of("token", environment));
        }
        return "";
    }

    private String parsedAuth() {
        String text = auth.startsWith("@") ? read(auth.substring(1)) : auth;
        JsonNode object = Json.parse(text);
        if (!object.isObject()) {
            throw new UsageException(
                    "--auth: not a JSON object; for example --auth '{\"token\": \"…\"}', or --auth @FILE");
        }
        return Json.write(object);
    }

    private static String read(String name) {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > MAX_AUTH_BYTES) {
                throw new UsageException(
                        "--auth @" + Text.cut(name, 120) + ": larger than " + MAX_AUTH_BYTES + " bytes");
            }
            return Files.readString(file);
        } catch (IOException | InvalidPathException failure) {
            throw new UsageException(
                    "--auth @" + Text.cut(name, 120) + ": can't be read; name a file with a JSON object");
        }
    }

    private static void addHeader(String header, Map<String, String> to) {
        int colon = header.indexOf(':');
        String name = colon < 1 ? "" : header.substring(0, colon).strip();
        String value = header.substring(colon + 1).strip();
        if (!name.matches("[\\w!#$%&'*+.^`|~-]+") || !value.matches("[ -~\\t]*")) {
            throw new UsageException(
                    "--header: NAME: VALUE, in ASCII on one line, such as --header 'Authorization: Bearer …'");
        }
        String key = name.toLowerCase(Locale.ROOT);
        if (RESERVED_HEADERS.contains(key) || key.equals("origin")) {
            throw new UsageException("--header " + name + ": "
                    + (key.equals("origin")
                            ? "use --origin to test an origin"
                            : "belongs to HTTP and WebSocket themselves"));
        }
        String separator = key.equals("cookie") ? "; " : ", ";
        to.merge(
                to.keySet().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name),
                value,
                (one, other) -> one + separator + other);
    }

    private static void addParameter(String parameter, Map<String, String> to) {
        int equals = parameter.indexOf('=');
        if (equals < 1) {
            throw new UsageException("--query: NAME=VALUE, such as --query token=…");
        }
        String name = parameter.substring(0, equals);
        if (RESERVED_PARAMETERS.contains(name)) {
            throw new UsageException("--query " + name + ": belongs to Engine.IO itself");
        }
        to.put(name, parameter.substring(equals + 1));
    }

    private static void note(List<String> by, boolean given, String option) {
        if (given) {
            by.add(option);
        }
    }
}
