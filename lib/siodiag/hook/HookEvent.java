package siodiag.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import siodiag.target.Flow;
import siodiag.target.Marks;
import siodiag.target.Target;

/**
 * One of the events that a hook sends.
 *
 * @param check the id of the check that tells what became of it
 */
record HookEvent(String check, Flow.Send send) {
    /** What every mark begins with. */
    static final String MARK = "hook-";

    /**
     * The events of Claude's hooks where the flow has them: {@code user_prompt}, {@code pre_tool} and {@code post_tool}
     * to {@code /hook}, {@code diagnostic_ping} to {@code /system}; else all events of the flow.
     */
    static List<HookEvent> of(Target target, List<String> joined) {
        List<Flow.Send> all = target.flow().sends(joined);
        List<Flow.Send> usual = all.stream().filter(HookEvent::isUsual).toList();
        List<Flow.Send> chosen = usual.isEmpty() ? all : usual;
        return chosen.stream()
                .map(send -> new HookEvent(check(send, chosen), send))
                .toList();
    }

    /** One that tells an event from real ones and from all others. */
    static String newMark() {
        return MARK + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    }

    /** The arguments with the mark in them. */
    List<JsonNode> marked(String mark) {
        return send.args().stream()
                .map(arg -> Marks.fill(arg, mark, send.tagged()))
                .toList();
    }

    private static boolean isUsual(Flow.Send send) {
        return send.namespace().equals("/hook")
                        && List.of("user_prompt", "pre_tool", "post_tool").contains(send.event())
                || send.namespace().equals("/system") && send.event().equals("diagnostic_ping");
    }

    private static String check(Flow.Send send, List<Flow.Send> chosen) {
        boolean only = chosen.stream()
                        .filter(other -> other.event().equals(send.event()))
                        .count()
                == 1;
        return "hook." + (only ? "" : send.namespace() + ".") + send.event();
    }
}
