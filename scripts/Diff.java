///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION What differs between two saved results
//SOURCES ../lib/Diagnostics.java
//SOURCES ../lib/siodiag/diff/package-info.java
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

import siodiag.cli.Commands;
import siodiag.diff.DiffCommand;

class Diff {
    public static void main(String... args) {
        System.exit(Commands.execute(new DiffCommand(), args));
    }
}
