package siodiag.triage;

import java.util.List;
import java.util.Map;

/**
 * One category's failures.
 *
 * @param nodeIds one a failure, as read
 * @param patterns the largest first
 * @param types how often each exception class occurs, the most frequent first
 * @param modules likewise for the files or classes that the tests are in
 */
record FailureCategory(
        String name,
        List<String> nodeIds,
        List<FailurePattern> patterns,
        Map<String, Integer> types,
        Map<String, Integer> modules) {
    int count() {
        return nodeIds.size();
    }
}
