/** How what happens at a server is shown and recorded, whoever saw it: the server itself, or a proxy in front of it. */
package siodiag.view;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS io.prometheus:prometheus-metrics-exposition-textformats:1.10.0
//DEPS io.prometheus:prometheus-metrics-model:1.10.0
//DEPS io.prometheus:prometheus-metrics-config:1.10.0
//SOURCES ConsoleFilter.java
//SOURCES EventConsole.java
//SOURCES EventFormatter.java
//SOURCES EventRate.java
//SOURCES PrometheusText.java
//SOURCES Recorder.java
//SOURCES Statistics.java
//SOURCES TrafficMetrics.java
//SOURCES TrafficSummary.java
//SOURCES TrafficView.java
