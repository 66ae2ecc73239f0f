package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Monitored;
import io.coppice.actor.ProcessEnded;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartResult;
import io.coppice.process.Down;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The making of one process. Its ties are complete before it can run and before anybody else knows
 * it, so there is no moment in which a live child lacks its link.
 */
final class Birth<C> {

    private final LocalProcess<C> child;
    private final SpawnOptions<C> options;
    private final @Nullable LocalProcess<?> parent;
    private boolean linked;

    private Birth(
            LocalProcess<C> child, SpawnOptions<C> options, @Nullable LocalProcess<?> parent) {
        this.child = child;
        this.options = options;
        this.parent = parent;
        if (options.heldShut()) {
            holdShut();
        }
    }

    static <C> Birth<C> of(
            ActorFactory<C> factory,
            LocalNode node,
            SpawnOptions<C> options,
            @Nullable LocalProcess<?> parent) {
        requireNonNull(factory, "factory");
        return new Birth<>(new ActorProcess<>(node, options, parent, factory), options, parent);
    }

    static <C> Birth<C> of(
            Program<C> program,
            LocalNode node,
            SpawnOptions<C> options,
            @Nullable LocalProcess<?> parent) {
        requireNonNull(program, "program");
        return new Birth<>(new ProgramProcess<>(node, options, parent, program), options, parent);
    }

    private void holdShut() {
        if (parent == null) {
            throw new IllegalArgumentException("heldShut: nobody to open " + child);
        }
        child.holdShut();
    }

    Birth<C> linked() {
        linked = true;
        return this;
    }

    ActorRef<C> run() {
        return run(null, null);
    }

    /** For a linked parent, which is told of the start by a message. */
    ActorRef<C> run(Function<? super StartResult<C>, ?> done) {
        requireNonNull(done, "done");
        var waits = requireNonNull(linkedParent(), "linked parent");
        return run(new Starter.Hearing<>(done, options, waits));
    }

    ActorRef<C> run(Starter<C> starter) {
        child.setStarter(starter);
        return run(starter, null);
    }

    private @Nullable LocalProcess<?> linkedParent() {
        return linked ? parent : null;
    }

    Monitored<C> runMonitored(Function<? super Down, ?> news) {
        if (parent == null) {
            throw new IllegalStateException("nobody to monitor " + child);
        }
        var monitor = new ProcessMonitor(parent, child, null, news);
        return new Monitored<>(run(null, monitor), monitor);
    }

    ActorRef<C> runAndWait() {
        return runAndWait(before -> {});
    }

    /**
     * @param before is given the process before it runs
     */
    ActorRef<C> runAndWait(Consumer<LocalProcess<C>> before) {
        var starter = new Starter.Waiting<>(options, linkedParent());
        child.setStarter(starter);
        before.accept(child);
        run(starter, null);
        return switch (await(starter.result)) {
            case StartResult.Running<C>(var ref, var info) -> ref;
            case StartResult.Failed<C>(var failure) -> throw failure;
        };
    }

    private StartResult<C> await(CompletableFuture<StartResult<C>> result) {
        try {
            return Calls.await(child.node, result, Long.MAX_VALUE);
        } catch (TimeoutException | InterruptedException interrupted) {
            throw Calls.interrupted(child);
        }
    }

    private ActorRef<C> run(@Nullable Starter<C> starter, @Nullable ProcessMonitor monitor) {
        if (parent != null) {
            bear(child, parent, linked, starter, monitor);
            return child;
        }
        var gate = child.node.gate();
        if (!gate.enter()) {
            throw LocalNode.hasBeenStopped();
        }
        try {
            bear(child, null, linked, starter, monitor);
        } finally {
            gate.leave();
        }
        return child;
    }

    /**
     * Static, so that a birth and its options are never made where HotSpot compiles all of this
     * into the caller.
     */
    private static <C> void bear(
            LocalProcess<C> child,
            @Nullable LocalProcess<?> parent,
            boolean linked,
            @Nullable Starter<C> starter,
            @Nullable ProcessMonitor monitor) {
        child.node.tally().born(); // it can end as soon as it is linked
        if (parent != null) {
            adopt(parent, child, linked, monitor);
        }
        child.node.born(child, parent, linked);
        if (starter != null) {
            starter.watch(child);
        }
        child.begin();
    }

    private static void adopt(
            LocalProcess<?> parent,
            LocalProcess<?> child,
            boolean linked,
            @Nullable ProcessMonitor monitor) {
        try {
            parent.adopt(child, linked, monitor);
        } catch (ProcessEnded unborn) {
            child.node.tally().died();
            throw unborn;
        }
    }
}
