/** Two saved results compared: what is new, gone, slower, other. */
package siodiag.diff;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS info.picocli:picocli:4.7.7
//SOURCES Comparison.java
//SOURCES DiffCommand.java
//SOURCES Difference.java
//SOURCES Sample.java
//SOURCES Snapshot.java
