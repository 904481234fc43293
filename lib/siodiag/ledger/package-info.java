/** Accounts for events: who sent what, who received it, when, how often. Pure. */
package siodiag.ledger;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES DeliveryReport.java
//SOURCES EventBatch.java
//SOURCES Fields.java
//SOURCES FlowFigures.java
//SOURCES FlowTimeline.java
//SOURCES Ledger.java
