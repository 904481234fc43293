///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION From a pile of failed tests to the few things that are wrong: JUnit XML in, failure category pages out
//SOURCES ../lib/Kit.java
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m

import siodiag.Commands;
import siodiag.TriageCommand;

/** Reads reports and writes pages; opens no connection. */
class Triage {
    public static void main(String... arguments) {
        System.exit(Commands.execute(new TriageCommand(), arguments));
    }
}
