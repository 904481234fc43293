///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION Turns failed tests (JUnit XML) into failure category pages
// out
//COMPILE_OPTIONS -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none -encoding UTF-8
// -Xlint:all,-serial,-try,-path,-classfile,-processing
//SOURCES ../lib/siodiag/core/package-info.java
//SOURCES ../lib/siodiag/cli/package-info.java
//SOURCES ../lib/siodiag/triage/package-info.java
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m

import siodiag.cli.Commands;
import siodiag.triage.TriageCommand;

/** Reads reports and writes pages; opens no connection. */
class Triage {
    public static void main(String... arguments) {
        System.exit(Commands.execute(new TriageCommand(), arguments));
    }
}
