/** The way every command runs and ends: one line for bad input, exit codes. */
package siodiag.cli;

//DEPS info.picocli:picocli:4.7.7
//SOURCES Commands.java
//SOURCES CorrectedCommand.java
