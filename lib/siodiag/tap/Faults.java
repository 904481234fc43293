package siodiag.tap;

import io.netty.channel.Channel;
import io.netty.handler.traffic.ChannelTrafficShapingHandler;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** What the tap does to its connections on purpose; nothing where no {@code --fault} was given. */
final class Faults {
    private static final long SHAPING_CHECK_MS = 100;

    private final Map<Fault.Kind, Double> amounts = new EnumMap<>(Fault.Kind.class);

    Faults(List<Fault> faults) {
        faults.forEach(fault -> amounts.put(fault.kind(), fault.amount()));
    }

    boolean has(Fault.Kind kind) {
        return amounts.containsKey(kind);
    }

    double amount(Fault.Kind kind) {
        return amounts.get(kind);
    }

    boolean drops() {
        return has(Fault.Kind.DROP) && ThreadLocalRandom.current().nextDouble() < amount(Fault.Kind.DROP);
    }

    /** For a channel of either side, before anything else is in its pipeline. */
    void install(Channel channel) {
        if (has(Fault.Kind.BANDWIDTH)) {
            long limit = (long) amount(Fault.Kind.BANDWIDTH);
            channel.pipeline().addLast(new ChannelTrafficShapingHandler(limit, 0, SHAPING_CHECK_MS));
        }
        if (has(Fault.Kind.LATENCY)) {
            channel.pipeline().addLast(new Delay((long) (amount(Fault.Kind.LATENCY) * 1e6)));
        }
    }
}
