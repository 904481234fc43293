package siodiag.core;

import java.util.List;
import java.util.Optional;

/**
 * What {@code netstat -ano -p TCP} prints on Windows: protocol, local address, foreign address, state and process, in columns.
 * The state's name depends on the language; a socket that listens has a foreign port of 0.
 */
final class NetstatTable {
    private static final int COLUMNS = 5;

    private NetstatTable() {}

    /** The number of the process that listens on the port. */
    static Optional<String> listener(List<String> lines, int port) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row.length == COLUMNS
                        && row[0].equals("TCP")
                        && row[1].endsWith(":" + port)
                        && row[2].endsWith(":0"))
                .map(row -> row[COLUMNS - 1])
                .findFirst();
    }
}
