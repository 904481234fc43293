/** How what happens at a server is shown and recorded, whoever saw it: the server itself, or a proxy in front of it. */
package siodiag.view;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES ConsoleFilter.java
//SOURCES EventConsole.java
//SOURCES EventFormatter.java
//SOURCES EventRate.java
//SOURCES Recorder.java
//SOURCES TrafficSummary.java
//SOURCES TrafficView.java
