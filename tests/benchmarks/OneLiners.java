///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION From Enter to the first line of the answer, for each one-liner of the README, warm
//SOURCES ../../lib/Kit.java
package siodiag.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import siodiag.command.CredentialOptions;
import siodiag.command.TargetOptions;
import siodiag.monitor.MonitorServer;
import siodiag.server.ServerConfig;

/** Run from the project's folder: {@code ./jbang tests/benchmarks/OneLiners.java}. Each command once unmeasured, then five times. */
final class OneLiners {
    private static final int TIMES = 5;
    private static final List<String> LINES = List.of(
            "./jbang ask up",
            "./jbang ask namespaces",
            "./jbang ask token --token dev-token",
            "./jbang ask ack /hook",
            "./jbang ask watch /hook --for 1",
            "./jbang ask port $CLAUDE_MPM_SOCKETIO_PORT",
            "./jbang e2e --url http://localhost:$CLAUDE_MPM_SOCKETIO_PORT --namespaces /hook --events 1",
            "./jbang -R=-XX:TieredStopAtLevel=1 --cp \"$CP\" -c 'println(siodiag.Adhoc.connect(\"/hook\").send(\"user_prompt\"))'",
            "./jbang conn-auth --quiet");

    private OneLiners() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(machine());
        try (MonitorServer monitor = MonitorServer.start(ServerConfig.defaults())) {
            Map<String, String> environment = Map.of(
                    TargetOptions.PORT_VARIABLE,
                    String.valueOf(monitor.port()),
                    CredentialOptions.TOKEN_VARIABLE,
                    "dev-token",
                    "CP",
                    System.getProperty("java.class.path"));
            System.out.println("median s  longest s  command");
            for (String line : LINES) {
                firstAnswer(line, environment);
                List<Double> seconds = new ArrayList<>();
                for (int i = 0; i < TIMES; i++) {
                    seconds.add(firstAnswer(line, environment));
                }
                Collections.sort(seconds);
                System.out.printf("%8.2f  %9.2f  %s%n", seconds.get(TIMES / 2), seconds.get(TIMES - 1), line);
            }
        }
    }

    private static double firstAnswer(String line, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", line).redirectError(ProcessBuilder.Redirect.DISCARD);
        shell.environment().putAll(environment);
        long begun = System.nanoTime();
        Process run = shell.start();
        try (BufferedReader out = run.inputReader()) {
            if (out.readLine() == null) {
                throw new IOException("no answer to: " + line);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            while (out.readLine() != null) {
                // to the end, so that the next one has the machine to itself
            }
            run.waitFor();
            return seconds;
        }
    }

    private static String machine() throws IOException {
        Path cpu = Path.of("/proc/cpuinfo");
        String model = Files.isReadable(cpu)
                ? Files.readAllLines(cpu).stream()
                        .filter(line -> line.startsWith("model name"))
                        .findFirst()
                        .map(line -> line.replaceFirst(".*: ", ""))
                        .orElse("CPU unknown")
                : System.getProperty("os.arch");
        Path load = Path.of("/proc/loadavg");
        return Runtime.getRuntime().availableProcessors() + " x " + model + ", Java "
                + Runtime.version().feature()
                + (Files.isReadable(load) ? ", load " + Files.readString(load).split(" ")[0] : "");
    }
}
