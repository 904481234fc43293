/** One result, every output format. */
package siodiag.report;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES ConsoleReport.java
//SOURCES JsonReport.java
//SOURCES JunitReport.java
//SOURCES Result.java
