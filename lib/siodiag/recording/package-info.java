/** The record of the monitor, a JSON object a line: its format, and how it is read. */
package siodiag.recording;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES RecordedEvent.java
//SOURCES Recording.java
