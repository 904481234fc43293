package siodiag.command;

import java.util.Optional;
import siodiag.finding.Finding;
import siodiag.target.Target;

/**
 * The server to examine.
 *
 * @param mismatch what is wrong with where it was found: hooks post elsewhere
 */
record FoundTarget(Target target, Optional<Finding> mismatch) {}
