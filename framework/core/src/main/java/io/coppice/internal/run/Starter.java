package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartFailure;
import io.coppice.actor.StartResult;
import io.coppice.internal.link.Links.Link;
import io.coppice.internal.table.Table;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.spi.Scheduler.Alarm;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whoever waits for the init of a process. It is told once: the process hands it out under its
 * lock, either when init is done or when the process dies.
 */
final class Starter<C> implements Runnable {

    private final Consumer<StartResult<C>> tell;
    private final Optional<Duration> deadline;
    private final @Nullable LocalProcess<?> linkedParent;
    private @Nullable LocalProcess<C> child;
    private volatile boolean expired;
    private volatile @Nullable Alarm alarm;

    Starter(
            Consumer<StartResult<C>> tell,
            SpawnOptions<C> options,
            @Nullable LocalProcess<?> linkedParent) {
        this.tell = tell;
        this.deadline = options.initDeadline();
        this.linkedParent = linkedParent;
    }

    /** Before {@code child} runs: starts the clock of init, unless the child will see to it. */
    void watch(LocalProcess<C> child) {
        this.child = child;
        if (child.startsClockInTime()) {
            return;
        }
        startClock();
        if (child.isDead()) {
            stopClock(); // its death has not seen this clock
        }
    }

    /** Starts the clock of init, unless it runs. For one at a time. */
    void startClock() {
        if (deadline.isPresent() && alarm == null) {
            alarm = requireNonNull(child, "child").node.after(deadline.get(), this);
        }
    }

    /** The time for init is over. */
    @Override
    public void run() {
        expired = true;
        requireNonNull(child, "child").expireInit(this);
    }

    void running(LocalProcess<C> child, Optional<Object> info) {
        tell.accept(new StartResult.Running<>(child, info));
    }

    /** The process died during init. The link goes first, so that its exit is not heard as well. */
    void failed(LocalProcess<C> child, ExitReason reason, boolean ignored) {
        stopClock();
        if (linkedParent != null) {
            linkedParent.forgetLink(child);
        }
        tell.accept(new StartResult.Failed<>(failure(child, reason, ignored)));
    }

    /** The links of a process that died during init, but for the one that went first. */
    Table<Pid, Link> withoutParent(Table<Pid, Link> links) {
        return linkedParent == null ? links : links.without(linkedParent);
    }

    private StartFailure failure(LocalProcess<C> child, ExitReason reason, boolean ignored) {
        if (ignored) {
            return new StartFailure.Ignored(child.toString());
        }
        return expired && deadline.isPresent()
                ? new StartFailure.InitTimeout(child.toString(), deadline.get())
                : new StartFailure.InitFailed(child.toString(), reason);
    }

    void stopClock() {
        var set = alarm;
        if (set != null) {
            set.cancel();
        }
    }
}
