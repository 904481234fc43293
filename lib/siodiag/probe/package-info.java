/** The run: which probe comes when, within one budget of time. */
package siodiag.probe;

//SOURCES DiagnosticRun.java
//SOURCES LightRun.java
