/** Hop session: what ends connections, holds them up, or limits their number. */
package siodiag.probe.session;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES ConnectionLimit.java
//SOURCES Crash.java
//SOURCES CrashWatch.java
//SOURCES IdleEnd.java
//SOURCES IdleProbe.java
//SOURCES ReconnectProbe.java
//SOURCES Recovery.java
//SOURCES RecoveryProbe.java
//SOURCES SessionProbe.java
//SOURCES SessionStage.java
//SOURCES Standstill.java
//SOURCES StandstillWatch.java
