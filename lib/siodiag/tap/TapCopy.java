package siodiag.tap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.concurrent.atomic.AtomicLong;
import siodiag.recording.RecordedEvent;
import siodiag.traffic.HttpMessages;
import siodiag.traffic.Traffic;

/** Hands copies of what passes to the decoder. Never blocks; where there is no room, that is told in place of the copy. */
final class TapCopy {
    private static final String NO_ROOM = "the decoder can't keep up; the bytes went on";

    private final CopyQueue queue;
    private final Traffic traffic;
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean stopping;

    TapCopy(CopyQueue queue, Traffic traffic) {
        this.queue = queue;
        this.traffic = traffic;
    }

    long newId() {
        return ids.incrementAndGet();
    }

    void request(Exchange exchange) {
        HttpMessages.Request request = exchange.request();
        offer(request.body().length, () -> traffic.request(request));
    }

    void response(Exchange exchange) {
        HttpMessages.Request request = exchange.head();
        HttpMessages.Response response = exchange.response();
        offer(response.body().length, () -> traffic.response(request, response));
    }

    /** From now on what ends is the tap's doing. */
    void stop() {
        stopping = true;
    }

    void failed(Exchange exchange, String failure) {
        if (stopping) {
            return;
        }
        HttpMessages.Request request = exchange == null ? null : exchange.head();
        long at = System.currentTimeMillis();
        queue.put(() -> traffic.failed(request, failure, at));
    }

    void opened(long id, Exchange exchange) {
        HttpMessages.Request request = exchange.head();
        long at = System.currentTimeMillis();
        queue.put(() -> traffic.opened(id, request, at));
    }

    /** @return false where there was no room: nothing more of this connection can be decoded */
    boolean bytes(long id, RecordedEvent.Direction direction, ByteBuf passing) {
        byte[] bytes = ByteBufUtil.getBytes(passing, passing.readerIndex(), passing.readableBytes(), true);
        long at = System.currentTimeMillis();
        if (queue.offer(bytes.length, () -> traffic.bytes(id, direction, bytes, at))) {
            return true;
        }
        queue.put(() -> traffic.lost(id, NO_ROOM, at));
        return false;
    }

    void closed(long id, RecordedEvent.Direction by, String how) {
        if (stopping) {
            return;
        }
        long at = System.currentTimeMillis();
        queue.put(() -> traffic.closed(id, by, how, at));
    }

    private void offer(int bytes, Runnable work) {
        long at = System.currentTimeMillis();
        if (!queue.offer(bytes, work)) {
            queue.put(() -> traffic.lost(0, NO_ROOM, at));
        }
    }
}
