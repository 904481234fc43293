package siodiag.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whoever wants to see what happens: console, record, statistics, Admin UI. One that fails stops neither the server nor
 * the others; its first failure is kept, so that {@code /health} can report it.
 */
public final class ServerObservers {
    private final List<ServerEvent.Listener> listeners = new ArrayList<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    public void add(ServerEvent.Listener listener) {
        listeners.add(listener);
    }

    public void notify(ServerEvent event) {
        for (ServerEvent.Listener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                if (failures.putIfAbsent(listener.part(), e.toString()) == null) {
                    System.err.println("the " + listener.part() + " failed, everything else goes on: " + e);
                }
            }
        }
    }

    /** What failed and how, by part; empty if all is well. */
    Map<String, String> failures() {
        Map<String, String> all = new LinkedHashMap<>(failures);
        for (ServerEvent.Listener listener : listeners) {
            if (listener.failure() != null) {
                all.putIfAbsent(listener.part(), listener.failure());
            }
        }
        return all;
    }
}
