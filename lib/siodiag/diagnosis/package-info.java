/** Findings in, causes out: the rules, and the verdict. Pure. */
package siodiag.diagnosis;

//SOURCES Diagnosis.java
//SOURCES Diagnostician.java
//SOURCES Rule.java
//SOURCES Rules.java
//SOURCES Verdict.java
