///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION From a pile of failed tests to the few things that are wrong: JUnit XML in, category pages out
//SOURCES ../lib/Kit.java

import siodiag.TriageCommand;

class Triage {
    public static void main(String[] arguments) {
        System.exit(TriageCommand.run(arguments));
    }
}
