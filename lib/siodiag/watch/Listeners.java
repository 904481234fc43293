package siodiag.watch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells several; one that fails takes nothing from the others. */
final class Listeners implements WatchListener {
    private final List<WatchListener> all = new CopyOnWriteArrayList<>();
    private final Consumer<Throwable> failures;

    Listeners(Consumer<Throwable> failures) {
        this.failures = failures;
    }

    void add(WatchListener listener) {
        all.add(listener);
    }

    @Override
    public void examined(TargetWatch target, State seen, double connectMs) {
        tell(listener -> listener.examined(target, seen, connectMs));
    }

    @Override
    public void changed(TargetWatch target, Change change) {
        tell(listener -> listener.changed(target, change));
    }

    @Override
    public void ended(TargetWatch target, String transport, String use, String how) {
        tell(listener -> listener.ended(target, transport, use, how));
    }

    private void tell(Consumer<WatchListener> what) {
        for (WatchListener listener : all) {
            try {
                what.accept(listener);
            } catch (RuntimeException failure) {
                failures.accept(failure);
            }
        }
    }
}
