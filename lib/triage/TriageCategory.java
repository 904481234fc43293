package siodiag;

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
record TriageCategory(String name, List<String> nodeIds, List<TriagePattern> patterns, Map<String, Integer> types,
                      Map<String, Integer> modules) {
    int count() {
        return nodeIds.size();
    }
}
