/** A hook that sends what real ones send: once, continuously, or from a record. */
package siodiag.hook;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS org.json:json:20260814
//SOURCES ContinuousAccount.java
//SOURCES ContinuousHook.java
//SOURCES EventAnswer.java
//SOURCES HookEvent.java
//SOURCES HookStage.java
//SOURCES Limits.java
//SOURCES MarkedDeliveries.java
//SOURCES NamedDeliveries.java
//SOURCES Outages.java
//SOURCES Reconnection.java
//SOURCES ReplayArguments.java
//SOURCES ReplayPlan.java
//SOURCES ReplayRun.java
