///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION What a cause, a code or an error text means
//SOURCES ../lib/Diagnostics.java
//SOURCES ../lib/siodiag/traffic/package-info.java
//SOURCES ../lib/siodiag/passive/package-info.java
//SOURCES ../lib/siodiag/explain/package-info.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m

import siodiag.cli.Commands;
import siodiag.explain.ExplainCommand;

class Explain {
    public static void main(String... args) {
        System.exit(Commands.execute(new ExplainCommand(), args));
    }
}
