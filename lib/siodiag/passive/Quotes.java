package siodiag.passive;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How often something was seen, with the first different words of it. */
final class Quotes {
    private static final int MAX = 4;

    private final Set<String> quoted = new LinkedHashSet<>();
    private final Set<String> clients = new LinkedHashSet<>();
    private long count;
    private long last;

    void add(long at, String client, String words) {
        count++;
        last = at;
        if (quoted.size() < MAX) {
            quoted.add(words);
        }
        if (client != null && clients.size() < 1000) {
            clients.add(client);
        }
    }

    /** The client met it no more. */
    void overcome(String client) {
        clients.remove(client);
    }

    long count() {
        return count;
    }

    /** Those that met it, and did not overcome it. */
    Set<String> clients() {
        return clients;
    }

    long last() {
        return last;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The words, and how often. */
    List<String> evidence() {
        List<String> evidence = new ArrayList<>(quoted);
        if (count > quoted.size()) {
            evidence.add("seen " + count + " times");
        }
        return evidence;
    }

    String[] array() {
        return evidence().toArray(String[]::new);
    }
}
