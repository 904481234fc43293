/** What words mean that clients, servers and browsers say. */
package siodiag.explain;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS info.picocli:picocli:4.7.7
//SOURCES ExplainCommand.java
//SOURCES Explanation.java
//SOURCES Phrase.java
//FILES siodiag/explain/words.json=words.json
