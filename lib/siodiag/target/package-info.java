/** What is under test, what is expected of it, and who promised that. */
package siodiag.target;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES Application.java
//SOURCES Embedded.java
//SOURCES Expectations.java
//SOURCES Expected.java
//SOURCES Flow.java
//SOURCES FlowFile.java
//SOURCES Flows.java
//SOURCES HookPort.java
//SOURCES Marks.java
//SOURCES Plan.java
//SOURCES Recognition.java
//SOURCES Stated.java
//SOURCES Target.java
