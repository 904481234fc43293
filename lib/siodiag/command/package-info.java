/** What the target-facing commands share: options, the examination, the report, the exit code. */
package siodiag.command;

//DEPS info.picocli:picocli:4.7.7
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES Attempts.java
//SOURCES CredentialOptions.java
//SOURCES DefaultServer.java
//SOURCES DiagnosticCommand.java
//SOURCES EmbeddedMonitor.java
//SOURCES EmbeddedNetty.java
//SOURCES EmbeddedOption.java
//SOURCES EmbeddedServer.java
//SOURCES FlowOptions.java
//SOURCES FoundTarget.java
//SOURCES OutputOptions.java
//SOURCES PlanOptions.java
//SOURCES Progress.java
//SOURCES ResultFile.java
//SOURCES Results.java
//SOURCES RunTime.java
//SOURCES ServerAddress.java
//SOURCES TargetOptions.java
//SOURCES TypedCommand.java
//SOURCES UrlArgument.java
//SOURCES ViewOptions.java
