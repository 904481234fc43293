package siodiag.monitor;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.handler.codec.redis.BulkStringHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringRedisContent;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.LastBulkStringRedisContent;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes each bulk string one message of text. Netty's own aggregator has a fixed bound of 512 MB; here a longer one than
 * the bound is read to its end and dropped, so that what follows it is still understood.
 */
final class RedisStrings extends MessageToMessageDecoder<RedisMessage> {
    /** In place of a bulk string that was dropped. @param bytes its length */
    record TooLong(int bytes) implements RedisMessage {}

    private final int max;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private int length;

    /** @param max bytes */
    RedisStrings(int max) {
        this.max = max;
    }

    @Override
    protected void decode(ChannelHandlerContext context, RedisMessage message, List<Object> out) {
        if (message instanceof BulkStringHeaderRedisMessage header) {
            length = header.bulkStringLength();
        } else if (message instanceof FullBulkStringRedisMessage) {
            out.add(new SimpleStringRedisMessage("")); // an empty string, or none
        } else if (message instanceof BulkStringRedisContent content) {
            if (length <= max) {
                text.writeBytes(ByteBufUtil.getBytes(content.content()));
            }
            if (message instanceof LastBulkStringRedisContent) {
                out.add(
                        length <= max
                                ? new SimpleStringRedisMessage(text.toString(StandardCharsets.UTF_8))
                                : new TooLong(length));
                text.reset();
            }
        } else {
            out.add(message);
        }
    }
}
