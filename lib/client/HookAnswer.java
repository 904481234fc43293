package siodiag;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;

/** What a server says to one event of a hook: an acknowledgement, or an HTTP status. */
final class HookAnswer {
    private final boolean overHttp;
    private final Stopwatch watch = new Stopwatch();
    private final CompletableFuture<String> answer;
    private volatile double tookMs;

    private HookAnswer(boolean overHttp, CompletableFuture<String> answer) {
        this.overHttp = overHttp;
        this.answer = answer;
        answer.thenRun(() -> tookMs = watch.millis());
    }

    static HookAnswer send(JavaClient client, HookEvent event) {
        JsonNode data = event.marked();
        Flow.Send send = event.send();
        return send.via() == Flow.Via.HTTP
                ? new HookAnswer(true, client.post(send.path(), data.toString()).thenApply(String::valueOf))
                : new HookAnswer(false, client.emit(send.namespace(), send.event(), HookEvent.forClient(data)));
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
        return answer.isDone() && !answer.isCompletedExceptionally() && (!overHttp || answer.join().startsWith("2"));
    }

    double tookMs() {
        return tookMs;
    }

    /** In words, with what came back. */
    String words() {
        if (answer.isCompletedExceptionally()) {
            return "no answer: " + Text.cut(answer.handle((none, failure) -> String.valueOf(failure)).join(), 200);
        }
        if (!answer.isDone()) {
            return String.format(Locale.ROOT, "no acknowledgement within %.0f ms", tookMs);
        }
        String words = answer.join();
        return overHttp ? String.format(Locale.ROOT, "HTTP %s after %.1f ms", words, tookMs)
                : String.format(Locale.ROOT, "acknowledged after %.1f ms", tookMs)
                        + (words.isEmpty() ? "" : " with " + Text.cut(words, 120));
    }
}
