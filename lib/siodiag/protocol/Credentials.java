package siodiag.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import siodiag.core.Json;
import siodiag.core.Jwt;
import siodiag.core.SecretFields;
import siodiag.core.Source;
import siodiag.core.Text;

/**
 * What a client shows to be connected, in the four places where servers look for it.
 *
 * @param auth        the auth object of the CONNECT, as JSON; empty for a CONNECT without one
 * @param headers     sent with every request and every upgrade, cookies among them
 * @param query       added to the query of every request and upgrade
 * @param certificate for TLS; null for none
 * @param source      who named them; null where there are none
 */
public record Credentials(
        String auth,
        Map<String, String> headers,
        Map<String, String> query,
        ClientCertificate certificate,
        Source source) {
    public static final Credentials NONE = new Credentials("", Map.of(), Map.of(), null, null);

    public Credentials {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /** {@code auth: {"token": T}}. */
    public static Credentials token(String token, Source source) {
        return new Credentials(Json.write(Map.of("token", token)), Map.of(), Map.of(), null, source);
    }

    /** The same with another token, whoever names it. */
    public Credentials withToken(String token, Source by) {
        return new Credentials(Json.write(Map.of("token", token)), headers, query, certificate, by);
    }

    /** Without an auth object: for a server whose connect handler takes none. */
    public Credentials withoutAuth() {
        return new Credentials("", headers, query, certificate, source);
    }

    public boolean isStated() {
        return source != null && source.isStated();
    }

    public boolean isEmpty() {
        return auth.isEmpty() && headers.isEmpty() && query.isEmpty() && certificate == null;
    }

    /** {@code auth.token}; null where there is none. */
    public String token() {
        JsonNode token = auth.isEmpty() ? null : Json.parse(auth).get("token");
        return token == null || !token.isTextual() ? null : token.asText();
    }

    /** Whether something among them is there to be checked by the server; a user's name is not. */
    public boolean hasSecrets() {
        return !secrets().isEmpty();
    }

    /** Every secret replaced by one of the same shape that nobody has. */
    public Credentials wrong() {
        return varied((name, value) -> UnknownNamespace.like(value));
    }

    /** Without the secrets, and without what only held them. */
    public Credentials without() {
        Credentials emptied = varied((name, value) -> "");
        JsonNode left = Json.parse(emptied.auth);
        boolean held = left.isObject() && left.properties().stream().anyMatch(field -> !isEmptied(field.getValue()));
        return new Credentials(
                held ? withoutEmpty((ObjectNode) left.deepCopy()) : "",
                withoutEmpty(emptied.headers),
                withoutEmpty(emptied.query),
                certificate,
                source);
    }

    /** Every value that must never be shown. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        varied((name, value) -> {
            secrets.add(value);
            return value;
        });
        return secrets;
    }

    /** What the JWTs among them tell of themselves: expired, for another audience; never the token. */
    public List<String> remarks(Instant now) {
        return secrets().stream()
                .flatMap(secret -> Jwt.find(secret).stream())
                .flatMap(token -> token.remarks(now).stream())
                .distinct()
                .toList();
    }

    /** Where they stand, for people, without a value: {@code auth.token, header Authorization, query key}. */
    public String places() {
        List<String> places = new ArrayList<>();
        JsonNode fields = Json.parse(auth);
        if (fields.isObject()) {
            fields.fieldNames().forEachRemaining(name -> places.add("auth." + Text.cut(name, 40)));
        }
        headers.keySet().forEach(name -> places.add("header " + name));
        query.keySet().forEach(name -> places.add("query " + Text.cut(name, 40)));
        if (certificate != null) {
            places.add("client certificate");
        }
        return places.isEmpty() ? "none" : String.join(", ", places);
    }

    private Credentials varied(BinaryOperator<String> change) {
        return new Credentials(
                auth.isEmpty() ? "" : Json.write(SecretFields.varied(Json.parse(auth), change)),
                SecretFields.headers(headers, change),
                SecretFields.parameters(query, change),
                certificate,
                source);
    }

    private static boolean isEmptied(JsonNode value) {
        return value.isTextual() && value.asText().isEmpty();
    }

    private static String withoutEmpty(ObjectNode auth) {
        List<String> emptied = new ArrayList<>();
        auth.properties().stream()
                .filter(field -> isEmptied(field.getValue()))
                .forEach(field -> emptied.add(field.getKey()));
        auth.remove(emptied);
        return Json.write(auth);
    }

    private static Map<String, String> withoutEmpty(Map<String, String> values) {
        Map<String, String> kept = new LinkedHashMap<>(values);
        kept.values().removeIf(String::isBlank);
        return kept;
    }
}
