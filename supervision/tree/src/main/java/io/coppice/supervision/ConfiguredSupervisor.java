package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Application;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options that supervisors of every kind have.
 *
 * @param <S> the kind: each option yields another one of it
 */
abstract sealed class ConfiguredSupervisor<M, S extends ConfiguredSupervisor<M, S>>
        extends Configured<M, S> implements Application<M>
        permits Supervisor, DynamicSupervisor, DerivedSupervisor {

    final Flags flags;

    ConfiguredSupervisor(ChildOptions<M> options, Flags flags) {
        super(options);
        this.flags = flags;
    }

    abstract S with(Flags flags);

    // To set

    /**
     * Sets how many restarts it may make before it gives up; 1 within 5 s by default. The restart
     * of a group counts once, a failed restart counts as well.
     *
     * @param intensity zero or more; zero gives up at the first
     * @param period whole seconds, one at least. A restart counts for the whole second in which the
     *     period ends, so for up to one second longer
     */
    public final S restarts(int intensity, Duration period) {
        return with(flags.withRestarts(intensity, period));
    }

    /**
     * Sets whether it ends with its significant children; {@link AutoShutdown#NEVER} by default.
     */
    public final S autoShutdown(AutoShutdown autoShutdown) {
        return with(flags.withAutoShutdown(autoShutdown));
    }

    /**
     * Has {@code listener} hear what happens under this supervisor and under all supervisors below
     * it. May be called more than once; they hear in that order.
     */
    public final S listener(TreeListener listener) {
        return with(flags.withListener(requireNonNull(listener, "listener")));
    }

    /** As the root of a node it is drained if its {@link #shutdown} says so. */
    @Override
    public final Optional<Duration> drain() {
        return shutdown() instanceof ShutdownMode.Draining(var time)
                ? Optional.of(time)
                : Optional.empty();
    }

    // To look at

    /**
     * Everything that is wrong or looks like a mistake, in it and below it: first each {@link
     * Problem}, with which it would not start, then each {@link Warning}, with which it does. Made
     * for tests: {@code assertThat(SHOP.check()).isEmpty()}.
     *
     * <p>Nothing is started, and nothing known of what is not in the value: children added at run
     * time, and supervisors wrapped in code of yours, which are to be checked on their own. A tree
     * that is started without a supervisor above it logs its warnings, once.
     */
    public final List<Finding> check() {
        var findings = new ArrayList<Finding>(Specs.problems(this));
        findings.addAll(TreeCheck.warnings(this));
        return List.copyOf(findings);
    }

    /** The tree as text, with what is not so by default beside each child. */
    public final String print() {
        return print(TreeFormat.TEXT);
    }

    /** The tree in {@code format}, in several lines, the last without an end. */
    public final String print(TreeFormat format) {
        return TreeView.of(this).print(format);
    }

    // To read

    /** How many restarts it may make within {@link #period()}. */
    public final int intensity() {
        return flags.intensity();
    }

    /** The time in which it may make {@link #intensity()} restarts. */
    public final Duration period() {
        return flags.period();
    }

    /** Its own listeners, in the order in which they were added. */
    public final List<TreeListener> listeners() {
        return flags.listeners();
    }

    /** Whether it ends with its significant children. */
    public final AutoShutdown autoShutdown() {
        return flags.autoShutdown();
    }
}
