/** Hops namespace and auth: who is connected where, with which credentials. */
package siodiag.probe.connect;

//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES ConnectAttempts.java
//SOURCES ConnectJudge.java
//SOURCES ConnectRound.java
//SOURCES ConnectionPair.java
//SOURCES EventAuthentication.java
//SOURCES LastDisconnect.java
//SOURCES LoginTrial.java
//SOURCES NoSession.java
//SOURCES RecognitionProbe.java
//SOURCES SingleConnect.java
