package siodiag.probe.reach;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.core.Timings;
import siodiag.core.Wait;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.HttpReply;
import siodiag.protocol.HttpRequest;
import siodiag.protocol.KeptConnection;
import siodiag.protocol.Site;
import siodiag.target.Target;

/**
 * Looks for Engine.IO where it might be instead: at customary paths, and at those that the site's own page names. A few
 * connections carry all of the requests, one after the other.
 */
final class PathSearch {
    private static final Pattern NAMED_PATH = Pattern.compile("path[\"']?\\s*[:=]\\s*[\"'](/?[\\w./-]{1,80})[\"']");
    private static final Pattern CLIENT_SCRIPT = Pattern.compile("[\"'(]([\\w./:-]{0,80})/socket\\.io(?:\\.min)?\\.js");
    private static final int MAX_NAMED = 20;
    private static final int LANES = 4;
    /** Some servers close after each answer. */
    private static final int MAX_CONNECTIONS = 16;

    private static final int MAX_ANSWER = 16 * 1024;

    private final Site site;
    private final Timings timings;
    private final Set<String> tried = new LinkedHashSet<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** @param alive whether the site answers HTTP at all, at its root */
    record Result(Optional<String> path, String evidence, boolean alive) {}

    private record Hit(int rank, Result result) {}

    PathSearch(Site site, Timings timings) {
        this.site = site;
        this.timings = timings;
        tried.add(site.path());
    }

    /** Tries the candidates side by side; those on the site's own page afterwards. */
    Result run(List<String> namespaces) {
        Deadline deadline = Deadline.in(timings.within(Wait.PATH_SEARCH));
        CompletableFuture<Optional<HttpReply>> root = Scope.current().fork("GET /", () -> page(deadline));
        Optional<Result> found = first(candidates(namespaces), deadline);
        Optional<HttpReply> page = root.join();
        if (found.isEmpty()) {
            found = page.flatMap(reply -> first(named(reply.body()), Deadline.in(timings.within(Wait.PATH_SEARCH))));
        }
        return found.orElse(new Result(Optional.empty(), "", page.isPresent()));
    }

    private List<KnownPaths.Known> candidates(List<String> namespaces) {
        String asked = site.path().replaceAll("/+$", "");
        Map<String, String> reasons = new LinkedHashMap<>();
        if (!asked.isEmpty()) {
            reasons.put(asked, "without the trailing slash");
        }
        KnownPaths.ALL.stream().limit(3).forEach(known -> reasons.putIfAbsent(known.path(), known.reason()));
        reasons.put(asked + "/socket.io/", "the given path is a mount point");
        KnownPaths.ALL.forEach(known -> reasons.putIfAbsent(known.path(), known.reason()));
        for (String namespace :
                namespaces.stream().filter(name -> name.length() > 1).toList()) {
            reasons.putIfAbsent(namespace + "/", "a namespace used as the path");
            reasons.putIfAbsent(namespace + "/socket.io/", "a namespace used as a mount point");
        }
        return reasons.entrySet().stream()
                .map(one -> new KnownPaths.Known(one.getKey(), one.getValue()))
                .toList();
    }

    private Optional<Result> first(List<KnownPaths.Known> candidates, Deadline deadline) {
        List<KnownPaths.Known> left =
                candidates.stream().filter(known -> tried.add(known.path())).toList();
        AtomicInteger next = new AtomicInteger();
        List<Hit> hits = new ArrayList<>();
        Scope scope = Scope.current();
        List<CompletableFuture<Void>> lanes = IntStream.range(0, LANES)
                .mapToObj(lane -> scope.<Void>fork("path search " + (lane + 1), () -> {
                    lane(left, next, hits, deadline);
                    return null;
                }))
                .toList();
        lanes.forEach(CompletableFuture::join);
        return hits.stream().min(Comparator.comparing(Hit::rank)).map(Hit::result);
    }

    /** Takes one candidate after the other, until one is found, here or in another lane. */
    private void lane(List<KnownPaths.Known> candidates, AtomicInteger next, List<Hit> hits, Deadline deadline) {
        try (KeptConnection connection = new KeptConnection(site)) {
            for (int rank = next.getAndIncrement();
                    rank < candidates.size() && !deadline.passed();
                    rank = next.getAndIncrement()) {
                if (connection.isUnused() && connections.incrementAndGet() > MAX_CONNECTIONS) {
                    return;
                }
                Optional<Result> found = attempt(
                        connection, candidates.get(rank), deadline.orSooner(timings.of(Wait.ANSWER_AT_ONE_PATH)));
                synchronized (hits) {
                    int at = rank;
                    found.ifPresent(result -> hits.add(new Hit(at, result)));
                    if (!hits.isEmpty()) {
                        return;
                    }
                }
            }
        }
    }

    private Optional<Result> attempt(KeptConnection connection, KnownPaths.Known known, Deadline deadline) {
        String target = Site.uncached(site.at(known.path()).handshakeTarget(4, "polling"));
        try {
            HandshakeResponse greeting =
                    HandshakeResponse.of(connection.exchange(HttpRequest.get(target, Map.of()), MAX_ANSWER, deadline));
            return greeting.isEngine()
                    ? Optional.of(new Result(
                            Optional.of(known.path()),
                            known.path() + " (" + known.reason() + ") answers the handshake: " + greeting.evidence(),
                            true))
                    : Optional.empty();
        } catch (ExchangeException failure) {
            return Optional.empty();
        }
    }

    private Optional<HttpReply> page(Deadline deadline) {
        try {
            return Optional.of(site.exchange(HttpRequest.get("/", Map.of()), deadline));
        } catch (ExchangeException failure) {
            return Optional.empty();
        }
    }

    /** Paths that the page gives to its own client, or from which it loads the client's script. */
    private static List<KnownPaths.Known> named(String page) {
        Set<String> paths = new LinkedHashSet<>();
        for (Matcher matcher : List.of(NAMED_PATH.matcher(page), CLIENT_SCRIPT.matcher(page))) {
            while (matcher.find() && paths.size() < MAX_NAMED) {
                String path = matcher.group(1).replaceFirst("^\\w+://[^/]*", "");
                paths.add(Target.normalPath(path) + (path.matches("/*") ? "" : "/"));
            }
        }
        return paths.stream()
                .map(path -> new KnownPaths.Known(path, "named by the page at /"))
                .toList();
    }
}
