package siodiag.watch;

/** Hears what becomes of the targets; on any thread. */
interface WatchListener {
    /** After each examination. */
    default void examined(TargetWatch target, State seen, double connectMs) {}

    default void changed(TargetWatch target, Change change) {}

    /** A kept connection ended. @param how for people */
    default void ended(TargetWatch target, String transport, String use, String how) {}
}
