package siodiag.tap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;
import siodiag.traffic.Failure;

/** A client's connection, and the one to the server that belongs to it: what the one does the other does as well. */
final class ClientSide extends ChannelInboundHandlerAdapter {
    /** How long a client waits before its leaving is notable: a page that is closed leaves at once. */
    private static final double NOTABLE_WAIT_SECONDS = 3;

    private final TapConfig config;
    private final Upstream upstream;
    private final HeaderRewrite headers;
    private final TapCopy copy;
    /** Requests that are not answered yet, in their order. */
    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    /** What came before the server was connected. */
    private final Deque<Object> waiting = new ArrayDeque<>();

    private Channel client;
    private Channel server;
    private boolean connecting;
    private boolean refusing;
    private Exchange sending;
    /** The WebSocket's number; 0 as long as it is HTTP, -1 where its bytes are not decoded. */
    private long socket;

    private boolean raw;
    private boolean ended;

    ClientSide(TapConfig config, Upstream upstream, HeaderRewrite headers, TapCopy copy) {
        this.config = config;
        this.upstream = upstream;
        this.headers = headers;
        this.copy = copy;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        client = context.channel();
        if (config.faults().has(Fault.Kind.CUT)) {
            long after = (long) config.faults().amount(Fault.Kind.CUT);
            client.eventLoop()
                    .schedule(
                            () -> end(RecordedEvent.Direction.NONE, "cut by --fault after " + after + " ms", true),
                            after,
                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            if (request.decoderResult().isFailure()) {
                refusing = true;
                answer(HttpResponseStatus.BAD_REQUEST, "not an HTTP request");
                copy.failed(null, "a request that is not HTTP");
                ReferenceCountUtil.release(message);
                return;
            }
            begin(request);
        }
        if (message instanceof HttpContent content && sending != null) {
            sending.requestBody().add(content.content());
            if (message instanceof LastHttpContent && !refusing) {
                copy.request(sending);
            }
        }
        if (raw && message instanceof ByteBuf bytes) {
            copied(RecordedEvent.Direction.IN, bytes);
        }
        if (refusing) {
            ReferenceCountUtil.release(message);
        } else {
            toServer(message);
        }
    }

    private void begin(HttpRequest request) {
        sending = new Exchange(request);
        exchanges.addLast(sending);
        Faults faults = config.faults();
        if (faults.has(Fault.Kind.STATUS)) {
            refuse(HttpResponseStatus.valueOf((int) faults.amount(Fault.Kind.STATUS)));
        } else if (faults.has(Fault.Kind.REFUSE_WEBSOCKET) && sending.isUpgrade()) {
            refuse(HttpResponseStatus.BAD_REQUEST);
        } else if (sending.isEngine() && !sending.isUpgrade() && faults.drops()) {
            refusing = true;
            end(RecordedEvent.Direction.NONE, "dropped by --fault", false);
        }
        headers.request(request.headers(), sending.tap());
        if (faults.has(Fault.Kind.DROP)) {
            request.headers()
                    .remove(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS); // a frame that is missing would break them
        }
    }

    private void refuse(HttpResponseStatus status) {
        refusing = true;
        copy.failed(sending, "answered with " + status.code() + " by --fault");
        answer(status, "the tap was asked for this: --fault");
    }

    private void toServer(Object message) {
        if (server != null) {
            server.write(message);
        } else {
            waiting.addLast(message);
            if (!connecting) {
                connect();
            }
        }
    }

    private void connect() {
        connecting = true;
        client.config().setAutoRead(false);
        upstream.connect(client.eventLoop(), () -> new UpstreamSide(this), this::connected);
    }

    private void connected(Channel channel, Throwable failure) {
        if (failure != null) {
            close(channel, false);
            unreachable(failure);
            return;
        }
        if (ended) {
            channel.close();
            return;
        }
        server = channel;
        while (!waiting.isEmpty()) {
            server.write(waiting.removeFirst());
        }
        server.flush();
        client.config().setAutoRead(true);
    }

    private void unreachable(Throwable failure) {
        refusing = true;
        String told = UpstreamFailure.of(failure).with(UpstreamFailure.describe(failure));
        copy.failed(exchanges.peekFirst(), told);
        answer(HttpResponseStatus.BAD_GATEWAY, "tap: " + config.upstream() + ": " + told);
        release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (server != null) {
            server.flush();
        }
    }

    /** The head of an answer. */
    void answered(HttpResponse response) {
        Exchange exchange = exchanges.peekFirst();
        if (exchange != null) {
            if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL
                    || response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
                exchange.answered(response);
            }
            headers.response(response.headers(), exchange.tap(), exchange.origin());
        }
        client.write(response);
    }

    /** A part of an answer's body. */
    void body(HttpContent content) {
        Exchange exchange = exchanges.peekFirst();
        boolean isLast = content instanceof LastHttpContent;
        if (exchange != null && exchange.isAnswered()) {
            exchange.responseBody().add(content.content());
        }
        client.write(content);
        if (isLast && exchange != null && exchange.isAnswered()) {
            exchanges.removeFirst();
            if (exchange.status() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
                switchProtocols(exchange);
            } else {
                copy.response(exchange);
            }
        }
    }

    private void switchProtocols(Exchange exchange) {
        raw = true;
        socket = copy.newId();
        copy.opened(socket, exchange);
        client.flush();
        client.pipeline().remove(Upstream.CODEC);
        server.pipeline().remove(Upstream.CODEC);
        if (config.faults().has(Fault.Kind.DROP)) {
            client.pipeline()
                    .addBefore(client.pipeline().context(this).name(), "dropper", new FrameDropper(config.faults()));
            server.pipeline()
                    .addBefore(
                            server.pipeline().context(UpstreamSide.class).name(),
                            "dropper",
                            new FrameDropper(config.faults()));
        }
    }

    /** Bytes from the server that are no HTTP, or a WebSocket's. */
    void bytes(ByteBuf bytes) {
        copied(RecordedEvent.Direction.OUT, bytes);
        client.write(bytes);
    }

    /** The server's answer is not HTTP: it goes on as it is. */
    void notHttp(byte[] first) {
        raw = true;
        copy.failed(
                exchanges.peekFirst(),
                Failure.NOT_HTTP.with(
                        "it begins with " + Text.quote(new String(first, StandardCharsets.ISO_8859_1), 80)));
        exchanges.clear();
        client.pipeline().remove(Upstream.CODEC);
        Channel other = server;
        if (other != null) {
            other.pipeline().remove(Upstream.CODEC);
        }
    }

    private void copied(RecordedEvent.Direction direction, ByteBuf bytes) {
        if (socket > 0 && !copy.bytes(socket, direction, bytes)) {
            socket = -1;
        }
    }

    void flush() {
        client.flush();
    }

    void readFromServer(boolean goOn) {
        if (server != null) {
            server.config().setAutoRead(goOn);
        }
    }

    void readFromClient(boolean goOn) {
        client.config().setAutoRead(goOn);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readFromServer(client.isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Exchange open = exchanges.peekFirst();
        if (open != null
                && !open.isLongPoll()
                && !open.isAnswered()
                && !ended
                && open.waitedSeconds() > NOTABLE_WAIT_SECONDS) {
            copy.failed(
                    open,
                    Failure.SILENT.with(
                            String.format(Locale.ROOT, "the client gave up after %.1f s", open.waitedSeconds())));
        }
        end(RecordedEvent.Direction.IN, "the client ended the connection", false);
    }

    void tlsFailed(Throwable failure) {
        if (!ended && server != null) {
            unreachable(failure);
        }
    }

    /** The server's connection is over. */
    void serverEnded(boolean reset) {
        Exchange open = exchanges.peekFirst();
        if (open != null && !open.isAnswered() && !ended && !refusing) {
            copy.failed(open, Failure.NO_ANSWER.with(reset ? "reset" : ""));
        }
        end(RecordedEvent.Direction.OUT, "the server " + (reset ? "reset" : "ended") + " the connection", reset);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        end(
                RecordedEvent.Direction.IN,
                failure instanceof IOException ? "the client reset the connection" : failure.toString(),
                failure instanceof IOException);
    }

    /** Ends both connections in the same way: an end, or a reset. */
    void end(RecordedEvent.Direction by, String how, boolean reset) {
        if (ended) {
            return;
        }
        ended = true;
        if (socket > 0) {
            copy.closed(socket, by, how);
        }
        release();
        close(client, reset && by != RecordedEvent.Direction.IN);
        close(server, reset && by != RecordedEvent.Direction.OUT);
    }

    private static void close(Channel channel, boolean reset) {
        if (channel == null) {
            return;
        }
        if (reset && channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        } else {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void answer(HttpResponseStatus status, String text) {
        DefaultFullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text + "\n", StandardCharsets.UTF_8));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ended = true;
        client.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        close(server, false);
    }

    private void release() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }
}
