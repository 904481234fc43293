/** Hop transport: polling, WebSocket, the upgrade, sticky sessions, and the parser that packs the packets. */
package siodiag.probe.transport;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES Balancer.java
//SOURCES ParserJudge.java
//SOURCES ParserProbe.java
//SOURCES StickinessCheck.java
//SOURCES TransportProbe.java
//SOURCES TransportUpgrade.java
//SOURCES WebSocketRefusal.java
