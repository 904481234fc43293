/** Connections that are kept open for hours, on event loops: what ends them, how the server pings, when nothing answers. */
package siodiag.kept;

//DEPS io.netty:netty-buffer:4.1.137.Final
//DEPS io.netty:netty-common:4.1.137.Final
//DEPS io.netty:netty-transport:4.1.137.Final
//DEPS io.netty:netty-handler:4.1.137.Final
//DEPS io.netty:netty-codec-http:4.1.137.Final
//DEPS io.netty:netty-codec:4.1.137.Final
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES CutPattern.java
//SOURCES Ending.java
//SOURCES Failures.java
//SOURCES Front.java
//SOURCES FrontProbe.java
//SOURCES Intervals.java
//SOURCES KeptConnection.java
//SOURCES KeptPolling.java
//SOURCES KeptWebSocket.java
//SOURCES LongLook.java
//SOURCES Peer.java
//SOURCES Pings.java
//SOURCES Slot.java
//SOURCES Spread.java
