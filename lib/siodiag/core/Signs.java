package siodiag.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for many words in a text at the same time, in whatever case of letters: one pass, and for most pairs of characters one
 * look into a table. For texts that are searched for every event.
 */
final class Signs {
    private static final int LETTERS = 32;

    /** By the lower five bits of the first two characters, which are the same for both cases of a letter. */
    private final List<List<Sign>> byBeginning = new ArrayList<>();

    private final int groups;

    private record Sign(String word, int group) {}

    /** @param groups the words of each group; each of at least two characters */
    Signs(List<List<String>> groups) {
        this.groups = groups.size();
        for (int i = 0; i < LETTERS * LETTERS; i++) {
            byBeginning.add(null);
        }
        for (int group = 0; group < groups.size(); group++) {
            for (String word : groups.get(group)) {
                int key = key(word.charAt(0), word.charAt(1));
                if (byBeginning.get(key) == null) {
                    byBeginning.set(key, new ArrayList<>());
                }
                byBeginning.get(key).add(new Sign(word, group));
            }
        }
    }

    /** By group: where the first of its words begins and where the last one does; -1 where there is none. */
    record Places(int[] first, int[] last) {
        boolean has(int group) {
            return first[group] >= 0;
        }
    }

    /** Null where there is none of any group. */
    Places in(String text) {
        Places places = null;
        int end = text.length() - 1;
        for (int i = 0; i < end; i++) {
            List<Sign> signs = byBeginning.get(key(text.charAt(i), text.charAt(i + 1)));
            if (signs != null) {
                for (Sign sign : signs) {
                    if (text.regionMatches(true, i, sign.word, 0, sign.word.length())) {
                        places = places == null ? none() : places;
                        places.first[sign.group] = places.first[sign.group] < 0 ? i : places.first[sign.group];
                        places.last[sign.group] = i;
                    }
                }
            }
        }
        return places;
    }

    private Places none() {
        int[] first = new int[groups];
        int[] last = new int[groups];
        Arrays.fill(first, -1);
        Arrays.fill(last, -1);
        return new Places(first, last);
    }

    private static int key(char one, char two) {
        return (one & LETTERS - 1) * LETTERS + (two & LETTERS - 1);
    }
}
