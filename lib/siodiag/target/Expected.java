package siodiag.target;

import siodiag.core.Source;

/** Something expected of a target, and who promised it. */
public record Expected<T>(T value, Source source) {}
