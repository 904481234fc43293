package siodiag.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.hook.javaclient.JavaClient;
import siodiag.hook.javaclient.OrgJson;
import siodiag.target.Flow;

/** What a server says to one event of a hook: an acknowledgement, or an HTTP status. */
final class EventAnswer {
    private final boolean overHttp;
    private final Stopwatch watch = new Stopwatch();
    private final CompletableFuture<String> answer;
    private volatile double tookMs;

    private EventAnswer(boolean overHttp, CompletableFuture<String> answer) {
        this.overHttp = overHttp;
        this.answer = answer;
        answer.thenRun(() -> tookMs = watch.millis());
    }

    static EventAnswer send(JavaClient client, HookEvent event) {
        List<JsonNode> args = event.marked(HookEvent.newMark());
        Flow.Send send = event.send();
        return send.via() == Flow.Via.HTTP
                ? new EventAnswer(
                        true, client.post(send.path(), args.get(0).toString()).thenApply(String::valueOf))
                : new EventAnswer(false, client.emit(send.namespace(), send.event(), OrgJson.of(args)));
    }

    /** Waits for the answer, at most so long after the sending. */
    void await(Duration limit) throws InterruptedException {
        try {
            answer.get(Math.max(0, limit.toMillis() - (long) watch.millis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unanswered) {
            tookMs = watch.millis();
        }
    }

    /** Whether the event was taken. */
    boolean isGood() {
        return answer.isDone()
                && !answer.isCompletedExceptionally()
                && (!overHttp || answer.join().startsWith("2"));
    }

    double tookMs() {
        return tookMs;
    }

    /** In words, with what came back. */
    String message() {
        if (answer.isCompletedExceptionally()) {
            return "no answer: "
                    + Text.cut(
                            answer.handle((none, failure) -> String.valueOf(failure))
                                    .join(),
                            200);
        }
        if (!answer.isDone()) {
            return String.format(Locale.ROOT, "no acknowledgement within %.0f ms", tookMs);
        }
        String message = answer.join();
        return overHttp
                ? String.format(Locale.ROOT, "HTTP %s after %.1f ms", message, tookMs)
                : String.format(Locale.ROOT, "acknowledged after %.1f ms", tookMs)
                        + (message.isEmpty() ? "" : " with " + Text.cut(message, 120));
    }
}
