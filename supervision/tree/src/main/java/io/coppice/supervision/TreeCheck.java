package io.coppice.supervision;

import io.coppice.actor.Context;
import io.coppice.supervision.Warning.Kind;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What in a tree looks like a mistake. A rule warns of nothing that could be meant so: a warning
 * that is not heeded once is never read again.
 */
final class TreeCheck {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    /**
     * From so many restarts on, a budget is taken to be meant for any number of children. The
     * default, 1, is made for a handful.
     */
    private static final int FEWEST_FOR_MANY = 2;

    private static final List<Function<Part, Optional<Warning>>> OF_SUPERVISORS =
            List.of(
                    TreeCheck::restartedAfterAutoShutdown,
                    TreeCheck::givesUpSilently,
                    TreeCheck::autoShutdown,
                    TreeCheck::numberOfChildren,
                    TreeCheck::manyChildren);

    private static final List<Function<Part, Optional<Warning>>> OF_ALL =
            List.of(TreeCheck::temporary, TreeCheck::backoff, TreeCheck::noTime);

    private static final ShutdownMode WITHIN_NO_TIME = ShutdownMode.within(Duration.ZERO);
    private static final ShutdownMode DRAINING_NO_TIME = ShutdownMode.draining(Duration.ZERO);

    private TreeCheck() {}

    /** Each once, in the order of the tree. */
    static List<Warning> warnings(ChildSpec<?> tree) {
        var parts = Part.root(tree).all();
        var found = new ArrayList<Warning>();
        var failing = new Failing.Checker();
        Consumer<Warning> tell = found::add;
        for (var part : parts) {
            found.addAll(Times.check(part));
            found.addAll(failing.check(part));
            if (part.supervisor().isPresent()) {
                apply(OF_SUPERVISORS, part, tell);
            }
            apply(OF_ALL, part, tell);
        }
        // What many workers lead to is said once.
        record Told(Kind kind, String at) {}
        var told = new HashSet<Told>();
        found.removeIf(warning -> !told.add(new Told(warning.kind(), warning.at())));
        found.addAll(Uses.check(parts));
        return found;
    }

    private static void apply(
            List<Function<Part, Optional<Warning>>> rules, Part part, Consumer<Warning> tell) {
        for (var rule : rules) {
            rule.apply(part).ifPresent(tell);
        }
    }

    /**
     * To be called where a supervisor starts: dies if {@code tree} contradicts itself, and logs
     * what else there is if it is a root, whose warnings are those of the whole tree.
     */
    static void beforeStart(ConfiguredSupervisor<?, ?> tree, Context<?> context) {
        Specs.requireSound(tree);
        boolean isBelowASupervisor =
                context.parent()
                        .flatMap(parent -> Published.of(parent, context.node()))
                        .isPresent();
        if (!isBelowASupervisor) {
            warnings(tree).forEach(warning -> LOG.warn("{}", warning.message()));
        }
    }

    // The rules

    private static Optional<Warning> restartedAfterAutoShutdown(Part part) {
        return child(part, Restart.PERMANENT)
                .filter(TreeCheck::endsByItself)
                .flatMap(
                        it ->
                                warn(
                                        part,
                                        Kind.RESTARTED_AFTER_AUTO_SHUTDOWN,
                                        ("shuts itself down (%s), and is restarted at once,"
                                                        + " being PERMANENT")
                                                .formatted(it.autoShutdown()),
                                        "make it TRANSIENT"));
    }

    private static Optional<Warning> givesUpSilently(Part part) {
        return child(part, Restart.TRANSIENT)
                .filter(it -> !endsByItself(it) && !it.isSignificant())
                .flatMap(
                        it ->
                                warn(
                                        part,
                                        Kind.GIVES_UP_SILENTLY,
                                        "is not restarted when it has given up, being TRANSIENT:"
                                                + " its children are gone, and nobody is told",
                                        "make it PERMANENT, or significant()"));
    }

    /** {@code part} as a supervisor below another one. */
    private static Optional<ConfiguredSupervisor<?, ?>> child(Part part, Restart restart) {
        return part.parent()
                .flatMap(parent -> part.supervisor())
                .filter(it -> it.restart() == restart);
    }

    private static boolean endsByItself(ConfiguredSupervisor<?, ?> supervisor) {
        return supervisor.autoShutdown() != AutoShutdown.NEVER;
    }

    private static Optional<Warning> autoShutdown(Part part) {
        return part.supervisor()
                .filter(TreeCheck::endsByItself)
                .filter(it -> !part.children().isEmpty())
                .filter(
                        it ->
                                part.children().stream()
                                        .noneMatch(child -> child.spec().isSignificant()))
                .flatMap(
                        it ->
                                warn(
                                        part,
                                        Kind.AUTO_SHUTDOWN_UNUSED,
                                        "never shuts itself down (%s), for no child is significant"
                                                .formatted(it.autoShutdown()),
                                        "make those significant() that it is to end with"));
    }

    private static Optional<Warning> numberOfChildren(Part part) {
        // Whoever can be asked to start children may have been left without on purpose.
        boolean canBeAsked = part.parent().isEmpty() || part.spec().name().isPresent();
        if (canBeAsked || part.supervisor().isEmpty() || part.children().size() > 1) {
            return Optional.empty();
        }
        if (part.children().isEmpty()) {
            return warn(
                    part,
                    Kind.NO_CHILDREN,
                    "has no children, and no name under which it could be asked to start some",
                    "give it some, or leave it out");
        }
        return part.strategy()
                .filter(strategy -> strategy != Strategy.ONE_FOR_ONE)
                .flatMap(
                        strategy ->
                                warn(
                                        part,
                                        Kind.NO_SIBLINGS,
                                        ("is %s with the one child %s: there is nobody"
                                                        + " to be restarted with it")
                                                .formatted(
                                                        strategy, part.children().getFirst().id()),
                                        "say ONE_FOR_ONE, or put in what is missing"));
    }

    private static Optional<Warning> manyChildren(Part part) {
        return part.supervisor()
                .filter(it -> part.isDynamic() && it.intensity() < FEWEST_FOR_MANY)
                .filter(it -> part.children().getFirst().spec().restart() != Restart.TEMPORARY)
                .flatMap(
                        it ->
                                warn(
                                        part,
                                        Kind.FEW_RESTARTS_FOR_MANY,
                                        ("allows %s for all its children together: when"
                                                        + " that is spent all of them are stopped")
                                                .formatted(
                                                        Words.budget(it.intensity(), it.period())),
                                        "allow more, or make the children TEMPORARY"));
    }

    private static Optional<Warning> temporary(Part part) {
        if (part.spec().restart() != Restart.TEMPORARY) {
            return Optional.empty();
        }
        return part.parent()
                .filter(parent -> isRestartedWithSiblings(part, parent))
                .flatMap(
                        parent ->
                                warn(
                                        part,
                                        Kind.TEMPORARY_FORGOTTEN,
                                        ("is stopped when a sibling is restarted (%s), and does"
                                                        + " not come back, being TEMPORARY")
                                                .formatted(parent.strategy().orElseThrow()),
                                        "make it TRANSIENT, or put it under another supervisor"));
    }

    private static boolean isRestartedWithSiblings(Part part, Part parent) {
        var siblings = parent.children().stream();
        var others =
                switch (parent.strategy().orElseThrow()) {
                    case ONE_FOR_ONE -> Stream.<Part>empty();
                    case ONE_FOR_ALL -> siblings;
                    case REST_FOR_ONE -> siblings.takeWhile(it -> it.spec() != part.spec());
                };
        return others.anyMatch(it -> it.spec().restart() != Restart.TEMPORARY);
    }

    private static Optional<Warning> backoff(Part part) {
        if (part.spec().backoff().isEmpty()) {
            return Optional.empty();
        }
        boolean isTemporary = part.spec().restart() == Restart.TEMPORARY;
        return part.parent()
                .flatMap(Part::supervisor)
                .filter(parent -> isTemporary || parent.intensity() == 0)
                .flatMap(
                        parent ->
                                warn(
                                        part,
                                        Kind.BACKOFF_UNUSED,
                                        "has a back-off, but is never restarted, "
                                                + (isTemporary
                                                        ? "being TEMPORARY"
                                                        : "for its supervisor makes no restart"),
                                        "leave the back-off out, or let it be restarted"));
    }

    private static Optional<Warning> noTime(Part part) {
        var mode = part.spec().shutdown();
        boolean within = mode.equals(WITHIN_NO_TIME);
        return within || mode.equals(DRAINING_NO_TIME)
                ? warn(
                        part,
                        Kind.NO_TIME_TO_STOP,
                        "is killed as soon as it is asked to stop, %s 0 s"
                                .formatted(within ? "within" : "draining"),
                        "give it time, or say immediately()")
                : Optional.empty();
    }

    private static Optional<Warning> warn(Part part, Kind kind, String danger, String advice) {
        return Optional.of(part.warning(kind, danger, advice));
    }
}
