/** One result, every output format. */
package siodiag.report;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES ConsoleReport.java
//SOURCES Facts.java
//SOURCES FlowCharts.java
//SOURCES HopLine.java
//SOURCES Html.java
//SOURCES HtmlReport.java
//SOURCES JsonReport.java
//SOURCES JunitReport.java
//SOURCES MarkdownReport.java
//SOURCES NagiosLine.java
//SOURCES NextStep.java
//SOURCES Result.java
//SOURCES ServerFacts.java
