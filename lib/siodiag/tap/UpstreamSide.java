package siodiag.tap;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The connection to the server that belongs to a client's. */
final class UpstreamSide extends ChannelInboundHandlerAdapter {
    private final ClientSide client;
    private boolean reset;

    UpstreamSide(ClientSide client) {
        this.client = client;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            if (response.decoderResult().isFailure()) {
                ReferenceCountUtil.release(message);
                client.notHttp(String.valueOf(response.decoderResult().cause().getMessage())
                        .getBytes(StandardCharsets.UTF_8));
                context.close();
                return;
            }
            client.answered(response);
        }
        if (message instanceof HttpContent content) {
            client.body(content);
        } else if (message instanceof ByteBuf bytes) {
            client.bytes(bytes);
        }
    }

    /** What the server sent first is not HTTP. */
    void notHttp(byte[] first) {
        client.notHttp(first);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        client.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        client.readFromClient(context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        client.serverEnded(reset);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        reset = failure instanceof IOException;
        if (UpstreamFailure.isTls(failure)) {
            client.tlsFailed(failure); // TLS 1.3: a certificate is refused only once the handshake is done
        }
        context.close();
    }
}
