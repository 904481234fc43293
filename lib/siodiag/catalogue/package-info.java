/** What can be wrong: the causes with their hop, severity, meaning and fix. Data; the texts are in causes.json. */
package siodiag.catalogue;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES Advice.java
//SOURCES Catalogue.java
//SOURCES Cause.java
//SOURCES CauseEntry.java
//SOURCES FrontProgram.java
//SOURCES Hop.java
//SOURCES IdleTimeout.java
//SOURCES Severity.java
//FILES siodiag/catalogue/causes.json=causes.json
