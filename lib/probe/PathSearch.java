package siodiag;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for Engine.IO where it might be instead: at customary paths, and at those that the site's own page names. */
final class PathSearch {
    private static final List<String> CUSTOMARY = List.of("/socket.io/", "/engine.io/", "/", "/ws/", "/ws/socket.io/",
            "/api/socket.io/", "/api/ws/", "/api/ws/socket.io/", "/api/", "/api/v1/socket.io/", "/v1/socket.io/",
            "/app/socket.io/", "/socketio/", "/socketio/socket.io/", "/sio/", "/sio/socket.io/", "/io/", "/socket/",
            "/socket/socket.io/", "/sockets/", "/sockets/socket.io/", "/websocket/", "/websockets/", "/realtime/",
            "/realtime/socket.io/", "/rt/", "/live/", "/events/", "/events/socket.io/", "/stream/", "/hub/", "/hook/",
            "/hooks/", "/dashboard/socket.io/", "/monitor/socket.io/", "/chat/", "/chat/socket.io/", "/notifications/",
            "/mpm/socket.io/", "/claude/socket.io/", "/custom/", "/custom/socket.io/", "/my-path/", "/mysocket/",
            "/my/socket.io/", "/custom-path/", "/other/", "/other/socket.io/", "/backend/socket.io/",
            "/server/socket.io/", "/service/socket.io/", "/public/socket.io/", "/socket.io.v4/", "/proxy/socket.io/");
    private static final Pattern NAMED_PATH = Pattern.compile("path[\"']?\\s*[:=]\\s*[\"'](/?[\\w./-]{1,80})[\"']");
    private static final Pattern CLIENT_SCRIPT = Pattern.compile("[\"'(]([\\w./:-]{0,80})/socket\\.io(?:\\.min)?\\.js");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Site site;
    private final Set<String> tried = new LinkedHashSet<>();

    /** @param alive whether the site answers HTTP at all, at its root */
    record Result(Optional<String> path, String evidence, boolean alive) {
    }

    PathSearch(Site site) {
        this.site = site;
        tried.add(site.path());
    }

    /** Tries all candidates side by side; those on the site's own page afterwards. */
    Result run(List<String> namespaces, Duration timeout) {
        Deadline deadline = Deadline.in(timeout).orSooner(PATIENCE);
        CompletableFuture<Optional<HttpReply>> root = Threads.start(() -> get("/", deadline));
        String asked = site.path().replaceAll("/+$", "");
        Stream<String> same = Stream.of(asked, asked + "/socket.io/"); // without the slash; what a mount point strips
        Stream<String> named = namespaces.stream().filter(name -> name.length() > 1)
                .flatMap(name -> Stream.of(name + "/", name + "/socket.io/"));
        Optional<Result> found = first(Stream.concat(same, Stream.concat(CUSTOMARY.stream(), named)), deadline);
        Optional<HttpReply> page = root.join();
        if (found.isEmpty()) {
            found = page.flatMap(reply -> first(named(reply.body()), Deadline.in(timeout).orSooner(PATIENCE)));
        }
        return found.orElse(new Result(Optional.empty(), "", page.isPresent()));
    }

    private Optional<Result> first(Stream<String> candidates, Deadline deadline) {
        List<CompletableFuture<Optional<Result>>> attempts = candidates.filter(path -> !path.isEmpty())
                .filter(tried::add).map(path -> Threads.start(() -> attempt(path, deadline))).toList();
        return attempts.stream().map(CompletableFuture::join).flatMap(Optional::stream).findFirst();
    }

    private Optional<Result> attempt(String path, Deadline deadline) {
        try {
            HttpReply reply = site.at(path).handshake(4, Map.of(), deadline);
            Greeting greeting = Greeting.of(reply);
            return greeting.isEngine() ? Optional.of(new Result(Optional.of(path),
                    path + " answers the handshake: " + greeting.evidence(), true)) : Optional.empty();
        } catch (WireFailure failure) {
            return Optional.empty();
        }
    }

    private Optional<HttpReply> get(String target, Deadline deadline) {
        try {
            return Optional.of(site.exchange(HttpRequest.get(target, Map.of()), deadline));
        } catch (WireFailure failure) {
            return Optional.empty();
        }
    }

    /** Paths that the page gives to its own client, or from which it loads the client's script. */
    private static Stream<String> named(String page) {
        Set<String> paths = new LinkedHashSet<>();
        for (Matcher matcher : List.of(NAMED_PATH.matcher(page), CLIENT_SCRIPT.matcher(page))) {
            while (matcher.find() && paths.size() < 20) {
                String path = matcher.group(1).replaceFirst("^\\w+://[^/]*", "");
                paths.add(Target.normalPath(path) + (path.matches("/*") ? "" : "/"));
            }
        }
        return paths.stream();
    }
}
