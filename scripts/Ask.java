///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION One question, one answer: up, namespaces, events, port, …
//SOURCES ../lib/Diagnostics.java
//SOURCES ../lib/siodiag/hook/javaclient/package-info.java
//SOURCES ../lib/siodiag/hook/package-info.java
//SOURCES ../lib/siodiag/ask/package-info.java
//SOURCES ../lib/siodiag/Adhoc.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m

import siodiag.ask.AskCommand;
import siodiag.cli.Commands;

class Ask {
    public static void main(String... args) {
        System.exit(Commands.execute(new AskCommand(), args));
    }
}
