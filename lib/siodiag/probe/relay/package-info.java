/** Hops event and relay: events sent, observed and accounted for. */
package siodiag.probe.relay;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES BinaryCheck.java
//SOURCES DeliveryFailure.java
//SOURCES EventSender.java
//SOURCES FlowChoice.java
//SOURCES FlowProgress.java
//SOURCES Inbox.java
//SOURCES LateJoinerCheck.java
//SOURCES Observations.java
//SOURCES Observers.java
//SOURCES OneByOne.java
//SOURCES PayloadProbe.java
//SOURCES PollingBurst.java
//SOURCES Preparation.java
//SOURCES Rehearsal.java
//SOURCES RelayFindings.java
//SOURCES RelayJudge.java
//SOURCES RelayProbe.java
//SOURCES StandingReceiver.java
