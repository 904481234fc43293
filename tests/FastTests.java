///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION test --fast: the tests that need no process, in seconds
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//SOURCES ../lib/Kit.java
//SOURCES harness/*.java
//SOURCES unit/**.java
//SOURCES diagnosis/*.java
//SOURCES lab/Scenario.java
//SOURCES lab/LabApplication.java
package siodiag;

import siodiag.harness.TestCommand;

/** What {@code ./jbang test --fast} runs: compiles no more than those tests need. */
public final class FastTests {
    private FastTests() {}

    public static void main(String[] arguments) {
        System.exit(TestCommand.execute(arguments));
    }
}
