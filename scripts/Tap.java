///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION A proxy that shows what real clients and the server say
//SOURCES ../lib/Diagnostics.java
//SOURCES ../lib/siodiag/traffic/package-info.java
//SOURCES ../lib/siodiag/passive/package-info.java
//SOURCES ../lib/siodiag/tap/package-info.java
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

import siodiag.cli.Commands;
import siodiag.tap.TapCommand;

class Tap {
    public static void main(String... args) {
        System.exit(Commands.execute(new TapCommand(), args));
    }
}
