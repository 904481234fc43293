/** What clients and a server say to each other, out of copies of their bytes, and accounted for without a probe. */
package siodiag.traffic;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES ContentCoding.java
//SOURCES Cors.java
//SOURCES EventDraft.java
//SOURCES Failure.java
//SOURCES Fingerprint.java
//SOURCES FrameReader.java
//SOURCES HttpMessages.java
//SOURCES PacketReader.java
//SOURCES PollingBody.java
//SOURCES SessionDecoder.java
//SOURCES Traffic.java
//SOURCES TrafficSession.java
//SOURCES TrafficSessions.java
//SOURCES WebSocketTraffic.java
