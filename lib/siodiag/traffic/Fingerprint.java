package siodiag.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What tells one client from another, as far as a handshake shows it; and where in it credentials stand. */
final class Fingerprint {
    private static final Set<String> OF_THE_PROTOCOL = Set.of("EIO", "transport", "t", "sid", "b64", "j");
    private static final List<String> TELLING = List.of("user-agent", "origin", "authorization", "cookie");

    private Fingerprint() {}

    static String of(HttpMessages.Request request) {
        StringBuilder text = new StringBuilder(request.path());
        for (String name : TELLING) {
            text.append('\n').append(request.headers().getOrDefault(name, ""));
        }
        for (String parameter : parameters(request)) {
            text.append('\n').append(parameter);
        }
        return text.toString();
    }

    /** The places of credentials: {@code header authorization}, {@code cookie}, {@code query token}; never their values. */
    static List<String> credentials(HttpMessages.Request request) {
        List<String> places = new ArrayList<>();
        if (request.headers().containsKey("cookie")) {
            places.add("header cookie");
        }
        for (String name : List.of("authorization", "x-api-key", "api-key", "x-auth-token")) {
            if (request.headers().containsKey(name)) {
                places.add("header " + name);
            }
        }
        for (String parameter : parameters(request)) {
            places.add("query " + parameter.split("=", 2)[0]);
        }
        return places;
    }

    private static List<String> parameters(HttpMessages.Request request) {
        int query = request.uri().indexOf('?');
        List<String> parameters = new ArrayList<>();
        for (String parameter :
                query < 0 ? new String[0] : request.uri().substring(query + 1).split("&")) {
            if (!parameter.isEmpty() && !OF_THE_PROTOCOL.contains(parameter.split("=", 2)[0])) {
                parameters.add(parameter);
            }
        }
        return parameters;
    }
}
