package siodiag.passive;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;
import siodiag.traffic.HttpMessages;

/** Whether clients get a WebSocket. */
final class UpgradeJudge implements Judge {
    private final Quotes refused = new Quotes();
    private final Quotes alone = new Quotes();
    private long upgraded;
    private long direct;
    private long polling;

    @Override
    public void on(ServerEvent event, Sessions.Session session) {
        switch (event.kind()) {
            case HANDSHAKE -> {
                direct += "websocket".equals(event.transport()) ? 1 : 0;
                polling += "polling".equals(event.transport()) ? 1 : 0;
            }
            case UPGRADE -> upgraded++;
            case REFUSED -> {
                if (event.namespace() == null && "websocket".equals(event.transport())) {
                    (session == null ? alone : refused).add(event.at(), event.client(), String.valueOf(event.detail()));
                }
            }
            case ERROR -> {
                if (event.direction() == RecordedEvent.Direction.OUT
                        && "websocket".equals(event.transport())
                        && session == null
                        && !String.valueOf(event.detail()).contains(HttpMessages.Request.SESSION)
                        && event.status() > 101
                        && event.status() < 600
                        && event.status() != 200) {
                    alone.add(event.at(), null, String.valueOf(event.detail()));
                }
            }
            default -> {
                // no part of an upgrade
            }
        }
    }

    @Override
    public List<Finding> findings(long now) {
        String working = Stream.of(
                        direct > 0 ? direct + " over WebSocket from the start" : "",
                        polling > 0 ? polling + " over polling, " + upgraded + " of them upgraded" : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        if (refused.isEmpty() && alone.isEmpty()) {
            return direct + polling == 0 ? List.of() : List.of(Finding.pass("transport.used", Hop.TRANSPORT, working));
        }
        Quotes quotes = refused.isEmpty() ? alone : refused;
        String detail = Text.count(refused.count() + alone.count(), "WebSocket") + " refused: "
                + quotes.evidence().get(0);
        if (upgraded + direct > 0) {
            return List.of(Finding.info(
                    "transport.websocket",
                    Hop.TRANSPORT,
                    detail + "; " + (upgraded + direct) + " others succeeded",
                    quotes.array()));
        }
        return List.of(
                polling > 0
                        ? Finding.warn(
                                "transport.websocket",
                                Hop.TRANSPORT,
                                Symptom.WEBSOCKET_FAILS,
                                "",
                                detail,
                                quotes.array())
                        : Finding.fail(
                                "transport.websocket",
                                Hop.TRANSPORT,
                                Symptom.WEBSOCKET_FAILS,
                                "",
                                detail,
                                quotes.array()));
    }
}
