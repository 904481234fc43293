package siodiag.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import siodiag.catalogue.Cause;
import siodiag.core.PortInUseException;
import siodiag.core.PortOwner;

/** What moves the bytes: native epoll where it loads, the JDK's selector elsewhere. */
public final class NettyTransport {
    /** In a container without a network Netty warns that it found no hardware address, which nothing here needs. */
    private static final Logger HARDWARE_ADDRESS = Logger.getLogger("io.netty.util.internal.MacAddressUtil");

    static {
        HARDWARE_ADDRESS.setLevel(Level.SEVERE);
    }

    private NettyTransport() {}

    /** For who wonders about speed. */
    static String title() {
        return Epoll.isAvailable() ? "epoll" : "nio";
    }

    /** Daemon threads of that name. */
    public static EventLoopGroup group(int threads, String name) {
        DefaultThreadFactory factory = new DefaultThreadFactory(name, true);
        return Epoll.isAvailable()
                ? new EpollEventLoopGroup(threads, factory)
                : new NioEventLoopGroup(threads, factory);
    }

    public static Class<? extends ServerChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    public static Class<? extends SocketChannel> clientChannel() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** Why an address can't be bound: a port that somebody else has is told with the process, where the system tells. */
    public static IOException bindFailure(String host, int port, Throwable cause) {
        return String.valueOf(cause.getMessage()).contains("already in use")
                ? new PortInUseException(Cause.PORT_IN_USE.describe(PortOwner.inUse(port)), cause)
                : new IOException("cannot listen on " + host + ":" + port + ": " + cause.getMessage(), cause);
    }
}
