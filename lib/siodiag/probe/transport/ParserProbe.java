package siodiag.probe.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import siodiag.core.Deadline;
import siodiag.core.Json;
import siodiag.core.Scope;
import siodiag.core.Wait;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Engine;
import siodiag.protocol.EngineSession;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.PacketCodec;
import siodiag.protocol.Parser;
import siodiag.protocol.SessionEnd;
import siodiag.protocol.SocketClient;
import siodiag.protocol.SocketPacket;
import siodiag.protocol.TextCodec;
import siodiag.protocol.UnknownNamespace;
import siodiag.target.Target;

/** Speaks other parsers with a server that answers no CONNECT. Asked only then: each attempt is a session of its own. */
final class ParserProbe {

    private final Target target;
    private final Engine engine;
    private final Duration timeout;

    ParserProbe(Target target, Engine engine) {
        this.target = target;
        this.engine = engine;
        this.timeout = target.timings().within(Wait.OTHER_PARSER);
    }

    ParserJudge run() {
        CompletableFuture<ConnectResult> asked = Scope.current()
                .fork(
                        "connect / as " + engine.parser(),
                        () -> ask(engine.parser().codec(), "/", target.auth()));
        Map<Parser, ConnectResult> others = new EnumMap<>(Parser.class);
        Arrays.stream(Parser.values())
                .filter(parser -> parser != engine.parser())
                .forEach(parser -> others.put(parser, ask(parser.codec(), UnknownNamespace.namespace(), "")));
        if (others.values().stream().anyMatch(ParserJudge::isAnswer)) {
            asked.completeOnTimeout(
                    new ConnectResult.TimedOut(),
                    target.time(Wait.PARSER_AFTER_ANOTHER).toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        ParserJudge sofar =
                new ParserJudge(engine.parser(), target.parser() != null, asked.join(), others, null, false);
        if (ParserJudge.isAnswer(asked.join()) || sofar.spoken().isPresent()) {
            return sofar;
        }
        CompletableFuture<Boolean> stays = Scope.current().fork("session without a packet", this::stays);
        ConnectResult json = ask(new JsonObjects(), UnknownNamespace.namespace(), "");
        return new ParserJudge(engine.parser(), target.parser() != null, asked.join(), others, json, stays.join());
    }

    private ConnectResult ask(PacketCodec codec, String namespace, String auth) {
        try (SocketClient client = new SocketClient(open(), codec, (from, event, packet, nanos) -> {})) {
            return client.connect(namespace, auth, timeout).join();
        } catch (ExchangeException failure) {
            return new ConnectResult.SessionClosed(SessionEnd.unopened(failure));
        }
    }

    /** Whether a session stays open for as long in which nothing is sent. */
    private boolean stays() throws InterruptedException {
        try (SocketClient client = new SocketClient(open(), new TextCodec(), (from, event, packet, nanos) -> {})) {
            client.closure().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException open) {
            return true;
        } catch (ExchangeException | ExecutionException none) {
            return false;
        }
    }

    private EngineSession open() throws ExchangeException {
        Deadline deadline = Deadline.in(timeout);
        try {
            return engine.openWebSocket(deadline);
        } catch (ExchangeException failure) {
            if (!engine.polling()) {
                throw failure;
            }
            return engine.openPolling(deadline);
        }
    }

    /** A packet as one JSON object in a text message, as many parsers of applications' own have it. */
    private static final class JsonObjects implements PacketCodec {

        @Override
        public List<String> encode(SocketPacket packet) {
            ObjectNode json =
                    Json.MAPPER.createObjectNode().put("type", packet.type()).put("nsp", packet.namespace());
            return List.of("4" + json);
        }

        @Override
        public Optional<SocketPacket> decode(String message) {
            JsonNode json = message.startsWith("4{") ? Json.parse(message.substring(1)) : null;
            return json == null
                            || !json.path("type").isInt()
                            || !json.path("nsp").isTextual()
                    ? Optional.empty()
                    : Optional.of(new SocketPacket(
                            json.path("type").asInt(), json.path("nsp").asText(), null, json.path("data")));
        }
    }
}
