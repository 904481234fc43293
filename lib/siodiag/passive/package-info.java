/** Examines a server by what its real clients meet, and learns from them what the application does. Opens no connection. */
package siodiag.passive;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES AckJudge.java
//SOURCES ConnectJudge.java
//SOURCES Deliveries.java
//SOURCES DeliveryJudge.java
//SOURCES Emit.java
//SOURCES FlowLearner.java
//SOURCES HeartbeatJudge.java
//SOURCES Judge.java
//SOURCES LearnedFlow.java
//SOURCES PassiveExamination.java
//SOURCES PassiveResult.java
//SOURCES Quotes.java
//SOURCES ReachJudge.java
//SOURCES Relation.java
//SOURCES Relations.java
//SOURCES Samples.java
//SOURCES Scalars.java
//SOURCES SessionJudge.java
//SOURCES Sessions.java
//SOURCES Setups.java
//SOURCES UpgradeJudge.java
