// Every package, for ad hoc sessions and tests; a script names what it needs.
// Explicit names only: a glob includes nothing when the script is run from a URL.
//JAVA 17+
//COMPILE_OPTIONS -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none -encoding UTF-8
// -Xlint:all,-serial,-try,-path,-classfile,-processing

//SOURCES siodiag/core/package-info.java
//SOURCES siodiag/protocol/package-info.java
//SOURCES siodiag/catalogue/package-info.java
//SOURCES siodiag/finding/package-info.java
//SOURCES siodiag/diagnosis/package-info.java
//SOURCES siodiag/target/package-info.java
//SOURCES siodiag/ledger/package-info.java
//SOURCES siodiag/report/package-info.java
//SOURCES siodiag/probe/reach/package-info.java
//SOURCES siodiag/probe/transport/package-info.java
//SOURCES siodiag/probe/connect/package-info.java
//SOURCES siodiag/probe/relay/package-info.java
//SOURCES siodiag/probe/session/package-info.java
//SOURCES siodiag/probe/cluster/package-info.java
//SOURCES siodiag/probe/package-info.java
//SOURCES siodiag/recording/package-info.java
//SOURCES siodiag/hook/javaclient/package-info.java
//SOURCES siodiag/hook/package-info.java
//SOURCES siodiag/server/package-info.java
//SOURCES siodiag/view/package-info.java
//SOURCES siodiag/monitor/package-info.java
//SOURCES siodiag/traffic/package-info.java
//SOURCES siodiag/passive/package-info.java
//SOURCES siodiag/cli/package-info.java
//SOURCES siodiag/triage/package-info.java
//SOURCES siodiag/command/package-info.java
//SOURCES siodiag/dashboard/package-info.java
//SOURCES siodiag/ask/package-info.java
//SOURCES siodiag/tap/package-info.java
//SOURCES siodiag/explain/package-info.java
//SOURCES siodiag/kept/package-info.java
//SOURCES siodiag/diff/package-info.java
//SOURCES siodiag/watch/package-info.java
//SOURCES siodiag/Adhoc.java
