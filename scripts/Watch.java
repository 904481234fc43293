///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION Watches servers for hours: changes, outages, idle timeouts
//SOURCES ../lib/Diagnostics.java
//SOURCES ../lib/siodiag/kept/package-info.java
//SOURCES ../lib/siodiag/diff/package-info.java
//SOURCES ../lib/siodiag/watch/package-info.java
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

import siodiag.cli.Commands;
import siodiag.watch.WatchCommand;

class Watch {
    public static void main(String... args) {
        System.exit(Commands.execute(new WatchCommand(), args));
    }
}
