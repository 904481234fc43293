/** What words mean that clients, servers and browsers say, and what a recorded session shows. */
package siodiag.explain;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS info.picocli:picocli:4.7.7
//SOURCES ExplainCommand.java
//SOURCES Explanation.java
//SOURCES FileExplanation.java
//SOURCES HarFile.java
//SOURCES Phrase.java
//SOURCES RecordFile.java
//FILES siodiag/explain/words.json=words.json
