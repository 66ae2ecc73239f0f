package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartFailure;
import io.coppice.actor.StartResult;
import io.coppice.internal.link.Links.Link;
import io.coppice.internal.mailbox.News;
import io.coppice.internal.table.Table;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.spi.Scheduler.Alarm;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Whoever waits for the init of a process. It is told once: the process hands it out under its
 * lock, either when init is done or when the process dies.
 */
abstract class Starter<C> implements Runnable {

    private final Optional<Duration> deadline;
    final @Nullable LocalProcess<?> linkedParent;
    private @Nullable LocalProcess<C> child;
    private volatile @Nullable Alarm alarm;

    Starter(SpawnOptions<C> options, @Nullable LocalProcess<?> linkedParent) {
        this.deadline = options.initDeadline();
        this.linkedParent = linkedParent;
    }

    abstract void tell(StartResult<C> result);

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
        requireNonNull(child, "child").expireInit(this);
    }

    void running(LocalProcess<C> child, Optional<Object> info) {
        tell(new StartResult.Running<>(child, info));
    }

    /**
     * The process died during init. The link goes first, so that its exit is not heard as well.
     *
     * @param left what it left, which tells whether it is to be ignored or was too late
     */
    void failed(LocalProcess<C> child, ExitReason reason, Extras left) {
        stopClock();
        if (linkedParent != null) {
            linkedParent.forgetLink(child);
        }
        tell(new StartResult.Failed<>(failure(child, reason, left)));
    }

    /** The links of a process that died during init, but for the one that went first. */
    Table<Pid, Link> withoutParent(Table<Pid, Link> links) {
        return linkedParent == null ? links : links.without(linkedParent);
    }

    private StartFailure failure(LocalProcess<C> child, ExitReason reason, Extras left) {
        if (left.ignored) {
            return new StartFailure.Ignored(child.toString());
        }
        return left.expired
                ? new StartFailure.InitTimeout(child.toString(), deadline.orElseThrow())
                : new StartFailure.InitFailed(child.toString(), reason);
    }

    void stopClock() {
        var set = alarm;
        if (set != null) {
            set.cancel();
        }
    }

    /** The parent of a linked process, which goes on, and is told by a message. */
    static final class Hearing<C> extends Starter<C> {
        private final Function<? super StartResult<C>, ?> toMessage;

        Hearing(
                Function<? super StartResult<C>, ?> toMessage,
                SpawnOptions<C> options,
                LocalProcess<?> linkedParent) {
            super(options, linkedParent);
            this.toMessage = toMessage;
        }

        @Override
        void tell(StartResult<C> result) {
            requireNonNull(linkedParent, "parent").inform(new News<>(result, toMessage));
        }
    }

    /** A thread that waits. */
    static final class Waiting<C> extends Starter<C> {
        final CompletableFuture<StartResult<C>> result = new CompletableFuture<>();

        Waiting(SpawnOptions<C> options, @Nullable LocalProcess<?> linkedParent) {
            super(options, linkedParent);
        }

        @Override
        void tell(StartResult<C> told) {
            result.complete(told);
        }
    }
}
