/** Hops resolve, tcp, tls, http and engine: the way to an Engine.IO handshake. */
package siodiag.probe.reach;

//DEPS com.squareup.okhttp3:okhttp:5.5.1
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS com.squareup.okhttp3:okhttp-java-net-cookiejar:5.5.1
//DEPS com.squareup.okio:okio:3.18.2
//DEPS com.squareup.okio:okio-jvm:3.18.2
//SOURCES CacheTrace.java
//SOURCES CertificateCheck.java
//SOURCES Cors.java
//SOURCES EngineProbe.java
//SOURCES HandshakeResponse.java
//SOURCES KnownPaths.java
//SOURCES OldProtocol.java
//SOURCES OriginProbe.java
//SOURCES PathSearch.java
//SOURCES PortScan.java
//SOURCES Reach.java
//SOURCES Redirect.java
//SOURCES ResolveProbe.java
//SOURCES TcpProbe.java
//SOURCES TextService.java
//SOURCES TlsProbe.java
//SOURCES WebOrigin.java
//FILES siodiag/probe/reach/paths.json=paths.json
