package siodiag.triage;

/** Keeps the beginning and the end of a text of any length, and how much was between them. */
final class Clip {
    private static final int HEAD = 24 * 1024;
    private static final int TAIL = 40 * 1024;

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();
    private long dropped;

    static String clip(String text) {
        if (text.length() <= HEAD + TAIL) {
            return text;
        }
        Clip clip = new Clip();
        char[] characters = text.toCharArray();
        clip.append(characters, 0, characters.length);
        return clip.toString();
    }

    void append(char[] text, int start, int length) {
        int fits = Math.min(length, HEAD - head.length());
        head.append(text, start, fits);
        int keep = Math.min(length - fits, TAIL);
        dropped += length - fits - keep;
        tail.append(text, start + length - keep, keep);
        if (tail.length() > 2 * TAIL) { // shifting only now and then keeps this linear
            shorten();
        }
    }

    @Override
    public String toString() {
        shorten();
        return dropped == 0 ? head.toString() + tail : head + "\n… (" + dropped + " characters left out) …\n" + tail;
    }

    private void shorten() {
        int over = tail.length() - TAIL;
        if (over > 0) {
            tail.delete(0, over);
            dropped += over;
        }
    }
}
