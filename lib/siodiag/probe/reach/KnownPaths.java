package siodiag.probe.reach;

import java.util.List;
import java.util.stream.StreamSupport;
import siodiag.core.Json;

/** Where Engine.IO is served instead of its default path, the most likely first; {@code paths.json} has the list. */
final class KnownPaths {
    /** @param reason why a server is found there: part of the evidence */
    record Known(String path, String reason) {}

    static final List<Known> ALL = StreamSupport.stream(
                    Json.resource("/siodiag/probe/reach/paths.json").spliterator(), false)
            .map(known ->
                    new Known(known.path("path").asText(), known.path("reason").asText()))
            .toList();

    private KnownPaths() {}
}
