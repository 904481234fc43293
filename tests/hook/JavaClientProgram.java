package siodiag.hook;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import siodiag.hook.javaclient.JavaClient;
import siodiag.protocol.ConnectResult;
import siodiag.target.Target;

/**
 * A program in a JVM of its own that connects to {@code /hook}, stays until it is cut off or for as long as it is told,
 * closes the client, and ends as its main method does: without {@code System.exit}.
 */
public final class JavaClientProgram {
    private JavaClientProgram() {}

    /** @param args the URL, the transports, the seconds to stay */
    public static void main(String[] args) throws Exception {
        Target target = JavaClientTest.target(args[0]);
        CompletableFuture<String> cutOff = new CompletableFuture<>();
        JavaClient.Listener listener = new JavaClient.Listener() {
            @Override
            public void disconnected(String namespace, String reason) {
                cutOff.complete(reason);
            }
        };
        try (JavaClient client = new JavaClient(target, List.of(args[1].split(",")), false, listener)) {
            ConnectResult admission = client.connect("/hook").get(10, TimeUnit.SECONDS);
            System.out.println("ADMISSION " + ConnectResult.describe(admission));
            System.out.println("STAYED " + stay(cutOff, Duration.ofSeconds(Long.parseLong(args[2]))));
            client.trace().notes().forEach(note -> System.out.println("NOTE " + note));
        }
        System.out.println("CLOSED");
    }

    private static String stay(CompletableFuture<String> cutOff, Duration time) throws Exception {
        try {
            return "until " + cutOff.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException told) {
            return "to the end";
        }
    }
}
