///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION One question, one answer: up, namespaces, token, ack, watch, port
//SOURCES ../lib/Kit.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m

import siodiag.AdhocQuestions;
import siodiag.Commands;

class Ask {
    public static void main(String... args) {
        System.exit(Commands.execute(new AdhocQuestions(), args));
    }
}
