package siodiag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ScopeTest {

    @Test
    void a_thread_is_named_after_its_work_and_what_it_forks_belongs_to_the_same_scope() throws Exception {
        try (Scope scope = new Scope()) {
            assertEquals(
                    "connect /hook",
                    scope.fork("connect /hook", () -> Thread.currentThread().getName())
                            .get());
            assertSame(
                    scope,
                    scope.fork("outer", () -> Scope.current()
                                    .fork("inner", Scope::current)
                                    .get())
                            .get());
        }
    }

    @Test
    void closing_interrupts_and_waits_for_every_thread() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Thread> ended = new CompletableFuture<>();
        Scope scope = new Scope();
        CompletableFuture<Void> fork = scope.fork("waits for ever", () -> {
            waiting.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.complete(Thread.currentThread());
            }
            return null;
        });
        waiting.await();
        scope.close();
        assertTrue(fork.isCompletedExceptionally());
        assertFalse(ended.get().isAlive());
    }

    @Test
    void nothing_is_started_or_opened_in_a_scope_that_is_over() {
        Scope scope = new Scope();
        scope.close();
        assertThrows(
                CancellationException.class, () -> scope.fork("late", () -> 1).join());
        CompletableFuture<Void> closed = new CompletableFuture<>();
        scope.own(() -> closed.complete(null));
        assertTrue(closed.isDone());
    }

    @Test
    void what_it_owns_is_closed_with_it_and_what_was_closed_before_is_not_again() {
        CompletableFuture<Void> open = new CompletableFuture<>();
        CompletableFuture<Void> closedBefore = new CompletableFuture<>();
        AutoCloseable second = () -> closedBefore.complete(null);
        try (Scope scope = new Scope()) {
            scope.own(() -> open.complete(null));
            scope.own(second);
            scope.disown(second);
        }
        assertTrue(open.isDone());
        assertFalse(closedBefore.isDone());
    }

    @Test
    void a_timer_runs_once_its_time_has_come_unless_it_is_cancelled() throws Exception {
        try (Scope scope = new Scope()) {
            CompletableFuture<String> ran = new CompletableFuture<>();
            CompletableFuture<String> cancelled = new CompletableFuture<>();
            scope.runAfter(Duration.ofMillis(20), "too late", () -> cancelled.complete(""))
                    .cancel(false);
            scope.runAfter(
                    Duration.ofMillis(40),
                    "in time",
                    () -> ran.complete(Thread.currentThread().getName()));
            assertEquals("in time", ran.get(5, TimeUnit.SECONDS));
            assertFalse(cancelled.isDone());
        }
    }

    @Test
    void joining_tells_whether_all_have_ended_in_time() throws Exception {
        try (Scope scope = new Scope()) {
            CountDownLatch go = new CountDownLatch(1);
            scope.run("waits", () -> {
                try {
                    go.await();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
            });
            assertFalse(scope.join(Deadline.in(Duration.ofMillis(20))));
            go.countDown();
            assertTrue(scope.join(Deadline.in(Duration.ofSeconds(5))));
        }
    }
}
