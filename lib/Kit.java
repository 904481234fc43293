// Every library file and every dependency, so that a script needs one line: //SOURCES ../lib/Kit.java
// Explicit names only: a glob includes nothing when the script is run from a URL.
//JAVA 17+
//COMPILE_OPTIONS -encoding UTF-8 -Xlint:all,-serial,-try,-path,-classfile,-processing
//DEPS io.socket:socket.io-client:2.1.2
//DEPS com.squareup.okhttp3:okhttp:5.5.1
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS com.squareup.okio:okio:3.18.2
//DEPS com.squareup.okio:okio-jvm:3.18.2
//DEPS org.json:json:20260814
// The server to compare with, in tests, benchmarks and ad hoc sessions; the monitor has its own handlers on Netty.
//DEPS com.corundumstudio.socketio:netty-socketio:2.0.14
//DEPS io.netty:netty-buffer:4.1.137.Final
//DEPS io.netty:netty-common:4.1.137.Final
//DEPS io.netty:netty-transport:4.1.137.Final
//DEPS io.netty:netty-handler:4.1.137.Final
//DEPS io.netty:netty-codec-http:4.1.137.Final
//DEPS io.netty:netty-codec:4.1.137.Final
//DEPS io.netty:netty-resolver:4.1.137.Final
//DEPS io.netty:netty-transport-native-unix-common:4.1.137.Final
//DEPS io.netty:netty-transport-classes-epoll:4.1.137.Final
//DEPS io.netty:netty-transport-native-epoll:4.1.137.Final:linux-x86_64
//DEPS io.netty:netty-transport-native-epoll:4.1.137.Final:linux-aarch_64
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS com.fasterxml.woodstox:woodstox-core:7.2.2
//DEPS org.codehaus.woodstox:stax2-api:4.3.0
//DEPS info.picocli:picocli:4.7.7
//DEPS org.hdrhistogram:HdrHistogram:2.2.2
//DEPS org.slf4j:slf4j-api:2.0.20
//DEPS org.slf4j:slf4j-nop:2.0.20

// text: what arrives from outside, made fit to print
//SOURCES text/Markdown.java
//SOURCES text/Secrets.java
//SOURCES text/Shell.java
//SOURCES text/Text.java

// target: what is under test, and how its options are read
//SOURCES target/Family.java
//SOURCES target/Flow.java
//SOURCES target/Flows.java
//SOURCES target/Target.java

// command: how a diagnostic is called and ends
//SOURCES command/Attempts.java
//SOURCES command/BadInput.java
//SOURCES command/CannotRun.java
//SOURCES command/Commands.java
//SOURCES command/Console.java
//SOURCES command/DiagnosticCommand.java
//SOURCES command/EmbeddedMonitor.java
//SOURCES command/ExitCode.java
//SOURCES command/OutputOptions.java
//SOURCES command/PlanOptions.java
//SOURCES command/Progress.java
//SOURCES command/TargetOptions.java

// wire: Engine.IO and Socket.IO as bytes
//SOURCES wire/Admission.java
//SOURCES wire/Closure.java
//SOURCES wire/Connection.java
//SOURCES wire/Deadline.java
//SOURCES wire/Endpoint.java
//SOURCES wire/EngineListener.java
//SOURCES wire/EngineSession.java
//SOURCES wire/Handshake.java
//SOURCES wire/Heartbeat.java
//SOURCES wire/Http.java
//SOURCES wire/HttpReply.java
//SOURCES wire/HttpRequest.java
//SOURCES wire/Json.java
//SOURCES wire/PollingSession.java
//SOURCES wire/SessionDialect.java
//SOURCES wire/Site.java
//SOURCES wire/SocketClient.java
//SOURCES wire/SocketPacket.java
//SOURCES wire/Threads.java
//SOURCES wire/Tls.java
//SOURCES wire/Urls.java
//SOURCES wire/WebSocketFrames.java
//SOURCES wire/WebSocketHandshake.java
//SOURCES wire/WebSocketSession.java
//SOURCES wire/WireFailure.java

// ledger: accounts for events
//SOURCES ledger/Account.java
//SOURCES ledger/Fields.java
//SOURCES ledger/FlowFigures.java
//SOURCES ledger/Group.java
//SOURCES ledger/Ledger.java

// probe: one file a hop; each looks and returns findings
//SOURCES probe/AdmissionJudge.java
//SOURCES probe/Admissions.java
//SOURCES probe/CertificateCheck.java
//SOURCES probe/ClusterProbe.java
//SOURCES probe/Dashboards.java
//SOURCES probe/Decoy.java
//SOURCES probe/Engine.java
//SOURCES probe/EngineProbe.java
//SOURCES probe/Examination.java
//SOURCES probe/FlowDetection.java
//SOURCES probe/Greeting.java
//SOURCES probe/HookSender.java
//SOURCES probe/JoinTrial.java
//SOURCES probe/NamespaceProbe.java
//SOURCES probe/NoSession.java
//SOURCES probe/OldProtocol.java
//SOURCES probe/OriginProbe.java
//SOURCES probe/Pace.java
//SOURCES probe/PathSearch.java
//SOURCES probe/PayloadProbe.java
//SOURCES probe/Plan.java
//SOURCES probe/Reach.java
//SOURCES probe/ReconnectProbe.java
//SOURCES probe/Refusal.java
//SOURCES probe/RelayFindings.java
//SOURCES probe/RelayJudge.java
//SOURCES probe/RelayProbe.java
//SOURCES probe/ResolveProbe.java
//SOURCES probe/SessionProbe.java
//SOURCES probe/SingleConnect.java
//SOURCES probe/StickinessCheck.java
//SOURCES probe/Stopwatch.java
//SOURCES probe/TcpProbe.java
//SOURCES probe/TextService.java
//SOURCES probe/TlsProbe.java
//SOURCES probe/TransportProbe.java
//SOURCES probe/TransportUpgrade.java
//SOURCES probe/Transports.java
//SOURCES probe/Undelivered.java

// finding: what was seen
//SOURCES finding/Finding.java
//SOURCES finding/Findings.java
//SOURCES finding/Hop.java
//SOURCES finding/Sign.java
//SOURCES finding/Status.java

// diagnosis: findings in, causes out
//SOURCES diagnosis/Cause.java
//SOURCES diagnosis/Diagnosis.java
//SOURCES diagnosis/Diagnostician.java
//SOURCES diagnosis/Rule.java
//SOURCES diagnosis/Rules.java
//SOURCES diagnosis/Severity.java
//SOURCES diagnosis/Verdict.java

// report: one typed result, every output format
//SOURCES report/ConsoleReport.java
//SOURCES report/JsonReport.java
//SOURCES report/JunitReport.java
//SOURCES report/MarkdownReport.java
//SOURCES report/Result.java
//SOURCES report/Style.java

// monitor: the server that stands in for the real one
//SOURCES monitor/EchoApplication.java
//SOURCES monitor/MonitorAccess.java
//SOURCES monitor/MonitorAdmin.java
//SOURCES monitor/MonitorAdminCounters.java
//SOURCES monitor/MonitorAdminView.java
//SOURCES monitor/MonitorApplication.java
//SOURCES monitor/MonitorBacklog.java
//SOURCES monitor/MonitorCluster.java
//SOURCES monitor/MonitorConfig.java
//SOURCES monitor/MonitorConsole.java
//SOURCES monitor/MonitorConversation.java
//SOURCES monitor/MonitorEngine.java
//SOURCES monitor/MonitorEngineError.java
//SOURCES monitor/MonitorEnginePacket.java
//SOURCES monitor/MonitorEngineVersion.java
//SOURCES monitor/MonitorEvent.java
//SOURCES monitor/MonitorExchange.java
//SOURCES monitor/MonitorFrame.java
//SOURCES monitor/MonitorHandlers.java
//SOURCES monitor/MonitorHandshake.java
//SOURCES monitor/MonitorHistory.java
//SOURCES monitor/MonitorHttp.java
//SOURCES monitor/MonitorHub.java
//SOURCES monitor/MonitorIntake.java
//SOURCES monitor/MonitorJson.java
//SOURCES monitor/MonitorLimits.java
//SOURCES monitor/MonitorLine.java
//SOURCES monitor/MonitorListening.java
//SOURCES monitor/MonitorMask.java
//SOURCES monitor/MonitorMessage.java
//SOURCES monitor/MonitorMetrics.java
//SOURCES monitor/MonitorNamespace.java
//SOURCES monitor/MonitorOrigins.java
//SOURCES monitor/MonitorPacket.java
//SOURCES monitor/MonitorPages.java
//SOURCES monitor/MonitorPolling.java
//SOURCES monitor/MonitorPressure.java
//SOURCES monitor/MonitorProtocolException.java
//SOURCES monitor/MonitorRecorder.java
//SOURCES monitor/MonitorRecording.java
//SOURCES monitor/MonitorRedis.java
//SOURCES monitor/MonitorRun.java
//SOURCES monitor/MonitorServer.java
//SOURCES monitor/MonitorSession.java
//SOURCES monitor/MonitorSocket.java
//SOURCES monitor/MonitorStandIn.java
//SOURCES monitor/MonitorStatistics.java
//SOURCES monitor/MonitorStatus.java
//SOURCES monitor/MonitorTime.java
//SOURCES monitor/MonitorTransport.java
//SOURCES monitor/MonitorView.java
//SOURCES monitor/MonitorWebSocket.java
//SOURCES monitor/PortHolder.java
//SOURCES monitor/PortInUseException.java
//SOURCES monitor/RecordedEvent.java

// dashboard: the page on loopback, and the browser to see it in
//SOURCES dashboard/DashboardAddress.java
//SOURCES dashboard/DashboardResult.java
//SOURCES dashboard/DashboardRun.java
//SOURCES dashboard/DashboardServer.java
//SOURCES dashboard/WebBrowser.java

// client: the official Java client, its traps closed, and the hook that uses it
//SOURCES client/ClientAnswers.java
//SOURCES client/ClientCookies.java
//SOURCES client/ClientDecoder.java
//SOURCES client/ClientHttp.java
//SOURCES client/ClientTrace.java
//SOURCES client/ClientWebSocketListener.java
//SOURCES client/ClientWebSockets.java
//SOURCES client/HookAccount.java
//SOURCES client/HookAnswer.java
//SOURCES client/HookContinuous.java
//SOURCES client/HookEvent.java
//SOURCES client/HookOutages.java
//SOURCES client/HookReconnection.java
//SOURCES client/HookReplay.java
//SOURCES client/HookStage.java
//SOURCES client/JavaClient.java
//SOURCES client/ReceiveLimit.java
//SOURCES client/Replay.java
//SOURCES client/ReplayArguments.java

// triage: failed tests in, category pages out
//FILES siodiag/triage/rules.json=triage/rules.json
//SOURCES triage/TriageBucket.java
//SOURCES triage/TriageCase.java
//SOURCES triage/TriageCategory.java
//SOURCES triage/TriageClip.java
//SOURCES triage/TriageCommand.java
//SOURCES triage/TriageComparison.java
//SOURCES triage/TriageData.java
//SOURCES triage/TriageEvidence.java
//SOURCES triage/TriageFailure.java
//SOURCES triage/TriageFolder.java
//SOURCES triage/TriageFrame.java
//SOURCES triage/TriageFramework.java
//SOURCES triage/TriageHypothesis.java
//SOURCES triage/TriageIndex.java
//SOURCES triage/TriagePage.java
//SOURCES triage/TriagePattern.java
//SOURCES triage/TriagePhase.java
//SOURCES triage/TriagePrompt.java
//SOURCES triage/TriagePytest.java
//SOURCES triage/TriageQueries.java
//SOURCES triage/TriageReader.java
//SOURCES triage/TriageReading.java
//SOURCES triage/TriageReport.java
//SOURCES triage/TriageRule.java
//SOURCES triage/TriageRules.java
//SOURCES triage/TriageSummary.java
//SOURCES triage/TriageTally.java
//SOURCES triage/TriageTemplate.java
//SOURCES triage/TriageThrown.java

// adhoc: the words of a JShell session and of one-liners
//SOURCES adhoc/Adhoc.java
//SOURCES adhoc/AdhocAcknowledgement.java
//SOURCES adhoc/AdhocConnection.java
//SOURCES adhoc/AdhocEvent.java
//SOURCES adhoc/AdhocEvents.java
//SOURCES adhoc/AdhocFailure.java
//SOURCES adhoc/AdhocInbox.java
//SOURCES adhoc/AdhocMonitor.java
//SOURCES adhoc/AdhocNamespaces.java
//SOURCES adhoc/AdhocOpen.java
//SOURCES adhoc/AdhocProbe.java
//SOURCES adhoc/AdhocQuestions.java
//SOURCES adhoc/AdhocServer.java
//SOURCES adhoc/AdhocText.java
//SOURCES adhoc/AdhocToken.java
