/** One question, one answer: what ad hoc sessions and the command ask are made of. */
package siodiag.ask;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS info.picocli:picocli:4.7.7
//SOURCES Acknowledgement.java
//SOURCES Answer.java
//SOURCES Answers.java
//SOURCES AskCommand.java
//SOURCES AskConnection.java
//SOURCES AskException.java
//SOURCES AskMonitor.java
//SOURCES AskServer.java
//SOURCES EventCounts.java
//SOURCES EventInbox.java
//SOURCES EventLog.java
//SOURCES EventWatch.java
//SOURCES ListenOptions.java
//SOURCES NamespaceAnswers.java
//SOURCES OpenResources.java
//SOURCES ProbeResult.java
//SOURCES ReceivedEvent.java
//SOURCES ReceivedEvents.java
//SOURCES ShellText.java
//SOURCES TokenAnswers.java
//SOURCES WatchResult.java
