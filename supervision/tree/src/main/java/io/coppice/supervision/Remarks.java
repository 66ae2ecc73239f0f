package io.coppice.supervision;

import io.coppice.actor.MailboxBound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is said beside a child when a tree is shown. */
final class Remarks {

    private Remarks() {}

    /** Of {@code part} before it runs. */
    static List<String> of(Part part) {
        boolean isOneOfMany =
                part.parent().map(Part::spec).stream()
                        .anyMatch(
                                it ->
                                        it instanceof DynamicSupervisor<?, ?> dynamic
                                                && dynamic.maxChildren().isEmpty());
        return Stream.of(
                        isOneOfMany ? Stream.of("any number") : Stream.<String>empty(),
                        asSupervisor(part),
                        asChild(part.spec()))
                .flatMap(remarks -> remarks)
                .toList();
    }

    /** Of a supervisor as such, that does not run. */
    static Stream<String> asSupervisor(Part part) {
        if (part.isOpaque()) {
            return Stream.of("supervisor");
        }
        return part.supervisor().stream()
                .flatMap(
                        it ->
                                asSupervisor(
                                        part.isDynamic()
                                                ? dynamic(
                                                        ((DynamicSupervisor<?, ?>) it).maxChildren)
                                                : part.strategy().orElseThrow().name(),
                                        it.intensity(),
                                        it.period(),
                                        it.autoShutdown()));
    }

    /** Of a supervisor as such, that runs. */
    static Stream<String> asSupervisor(SupervisorState state) {
        var rules = state.rules();
        return asSupervisor(
                rules.isDynamic() ? dynamic(rules.maxChildren()) : rules.strategy().name(),
                state.budget().intensity(),
                Duration.ofSeconds(state.budget().periodSeconds()),
                rules.autoShutdown());
    }

    private static String dynamic(int maxChildren) {
        return maxChildren == DynamicSupervisor.UNLIMITED
                ? "dynamic"
                : "dynamic, at most " + Words.of(maxChildren) + " children";
    }

    private static Stream<String> asSupervisor(
            String strategy, int intensity, Duration period, AutoShutdown autoShutdown) {
        var found = new ArrayList<String>();
        found.add(strategy);
        found.add(Words.budget(intensity, period));
        if (autoShutdown != AutoShutdown.NEVER) {
            found.add("auto-shutdown " + autoShutdown);
        }
        return found.stream();
    }

    /** Of a child as such. */
    static Stream<String> asChild(ChildSpec<?> child) {
        var found = new ArrayList<String>();
        if (child.restart() != Restart.PERMANENT) {
            found.add(child.restart().name());
        }
        if (child.isSignificant()) {
            found.add("significant");
        }
        if (!child.shutdown().equals(child.type().defaultShutdown())) {
            found.add(shutdown(child.shutdown()));
        }
        child.backoff()
                .map(it -> "back-off " + Words.of(it.first()) + " to " + Words.of(it.cap()))
                .ifPresent(found::add);
        child.name().map(it -> "name " + it).ifPresent(found::add);
        if (child.holding() > 0) {
            found.add("holding " + Words.of(child.holding()));
        }
        child.mailbox().map(Remarks::mailbox).ifPresent(found::add);
        child.uses().stream().map(it -> "uses " + it).forEach(found::add);
        return found.stream();
    }

    private static String mailbox(MailboxBound bound) {
        return bound.capacity() == Integer.MAX_VALUE
                ? "mailbox warns at " + Words.of(bound.highWater())
                : "mailbox " + Words.of(bound.capacity()) + ", then " + bound.overflow();
    }

    private static String shutdown(ShutdownMode mode) {
        return switch (mode) {
            case ShutdownMode.Immediately() -> "stopped by a kill";
            case ShutdownMode.Within(var time) -> Words.of(time) + " to stop";
            case ShutdownMode.Patiently() -> "any time to stop";
            case ShutdownMode.Draining(var time) -> Words.of(time) + " to finish and stop";
        };
    }

    /** What is shown beside {@code view}: first how it fares. */
    static String line(TreeView view) {
        var ofLife =
                view.live().stream()
                        .flatMap(
                                it ->
                                        it.restarts() == 0
                                                ? Stream.of(Words.of(it.state()))
                                                : Stream.of(
                                                        Words.of(it.state()),
                                                        Words.restarts(it.restarts())));
        return String.join(", ", Stream.concat(ofLife, view.remarks().stream()).toList());
    }

    /** What {@code view} is called: its id, and the number of its process. */
    static String label(TreeView view) {
        return view.id()
                + view.live()
                        .flatMap(TreeView.Live::pid)
                        .map(pid -> "<" + pid.number() + ">")
                        .orElse("");
    }

    static String more(TreeView view) {
        return "... and " + Words.of(view.more()) + " more";
    }
}
