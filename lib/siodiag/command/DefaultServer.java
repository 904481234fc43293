package siodiag.command;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import siodiag.catalogue.Hop;
import siodiag.core.PortOwner;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.probe.reach.PortScan;
import siodiag.target.Application;
import siodiag.target.HookPort;
import siodiag.target.Recognition;

/**
 * The server that is meant where none was named: claude-mpm's server takes the first free one of its ports, so all of
 * them are looked at.
 *
 * @param url      where it listens
 * @param mismatch what is wrong with its port, where hooks post to another one
 */
record DefaultServer(URI url, Optional<Finding> mismatch) {
    private static final int LAST_PORT = 8785;
    private static final Duration SCAN_TIMEOUT = Duration.ofSeconds(1);

    /** Looks at this machine; nothing where nothing listens. */
    static Optional<DefaultServer> find(HookPort hooks) {
        TreeSet<Integer> ports = new TreeSet<>();
        IntStream.rangeClosed(HookPort.DEFAULT_PORT, LAST_PORT).forEach(ports::add);
        if (hooks.isOfThisMachine()) {
            ports.add(hooks.port());
        }
        return choose(hooks, PortScan.run(ports, SCAN_TIMEOUT), DefaultServer::holder);
    }

    /**
     * An application that is recognised at the hooks' port; else claude-mpm wherever it is; else whatever listens at the
     * hooks' port or the default one.
     *
     * @param holder who holds a port, for people
     */
    static Optional<DefaultServer> choose(HookPort hooks, List<PortScan.Answer> answers, IntFunction<String> holder) {
        Optional<PortScan.Answer> atHooks = first(answers, answer -> isHooks(hooks, answer));
        if (atHooks.flatMap(DefaultServer::application).isPresent()) {
            return atHooks.map(DefaultServer::at);
        }
        Optional<PortScan.Answer> elsewhere = first(answers, answer -> application(answer)
                .filter(who -> who.kind() == Application.Kind.CLAUDE_MPM)
                .isPresent());
        return elsewhere
                .map(found -> new DefaultServer(url(found.port()), mismatch(hooks, found, atHooks, holder)))
                .or(() -> atHooks.map(DefaultServer::at))
                .or(() -> first(answers, answer -> answer.port() == HookPort.DEFAULT_PORT)
                        .map(DefaultServer::at));
    }

    /** Hooks that post to another machine do so because somebody said so: nothing is expected of a server here. */
    private static Optional<Finding> mismatch(
            HookPort hooks, PortScan.Answer found, Optional<PortScan.Answer> atHooks, IntFunction<String> holder) {
        if (!hooks.isOfThisMachine()) {
            return Optional.empty();
        }
        Application who = application(found).orElseThrow();
        String claim = who.title() + " listens at port " + found.port() + ", its hooks post to " + hooks.port();
        String other = atHooks.isPresent()
                ? "port " + hooks.port() + " is held by " + holder.apply(hooks.port())
                : "nothing listens at port " + hooks.port();
        List<String> evidence = new ArrayList<>(
                List.of(found.evidence(), "hooks post to " + hooks + " (" + hooks.source() + ")", other));
        atHooks.map(PortScan.Answer::evidence).ifPresent(evidence::add);
        return Optional.of(
                Finding.fail("tcp.hook-port", Hop.TCP, Symptom.HOOKS_POST_TO_OTHER_PORT, claim, claim + "; " + other)
                        .withEvidence(evidence));
    }

    private static boolean isHooks(HookPort hooks, PortScan.Answer answer) {
        return hooks.isOfThisMachine() && answer.port() == hooks.port();
    }

    private static Optional<PortScan.Answer> first(List<PortScan.Answer> answers, Predicate<PortScan.Answer> wanted) {
        return answers.stream().filter(wanted).findFirst();
    }

    private static Optional<Application> application(PortScan.Answer answer) {
        return answer.health().flatMap(health -> Recognition.byHealth(health.status(), health.body()));
    }

    private static DefaultServer at(PortScan.Answer answer) {
        return new DefaultServer(url(answer.port()), Optional.empty());
    }

    private static URI url(int port) {
        return URI.create("http://localhost:" + port);
    }

    private static String holder(int port) {
        return PortOwner.of(port).map(PortOwner::toString).orElse("a process whose name is not visible to you");
    }
}
