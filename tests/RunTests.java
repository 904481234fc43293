///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION For contributors: all tests; --fast: those that take seconds
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS com.corundumstudio.socketio:netty-socketio:2.0.14
//SOURCES ../lib/Kit.java
//SOURCES ../scripts/RunAll.java
//SOURCES */*.java
//SOURCES unit/**.java
package siodiag;

import siodiag.harness.TestCommand;

/** All tests; {@link TestCommand} tells what can be chosen. */
public final class RunTests {
    private RunTests() {}

    public static void main(String[] arguments) {
        System.exit(TestCommand.execute(arguments));
    }
}
