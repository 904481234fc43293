/** What a probe saw: a finding with its hop, its status, its symptom and its evidence. */
package siodiag.finding;

//SOURCES Finding.java
//SOURCES Findings.java
//SOURCES Status.java
//SOURCES Symptom.java
