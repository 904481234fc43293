/** The official Java client with its traps closed. */
package siodiag.hook.javaclient;

//DEPS com.squareup.okhttp3:okhttp:5.5.1
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS com.squareup.okhttp3:okhttp-java-net-cookiejar:5.5.1
//DEPS com.squareup.okio:okio:3.18.2
//DEPS com.squareup.okio:okio-jvm:3.18.2
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS io.socket:socket.io-client:2.1.2
//DEPS org.json:json:20260814
//SOURCES BoundedAnswers.java
//SOURCES CloseReply.java
//SOURCES HttpStack.java
//SOURCES JavaClient.java
//SOURCES MessagePackParser.java
//SOURCES OrgJson.java
//SOURCES ReceiveLimit.java
//SOURCES SafeDecoder.java
//SOURCES SenderSetup.java
//SOURCES TransportTrace.java
//SOURCES WebSocketFactory.java
