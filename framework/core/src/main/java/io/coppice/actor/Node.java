package io.coppice.actor;

import io.coppice.internal.run.LocalNode;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.spi.Chance;
import io.coppice.spi.Clock;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The runtime in one JVM: where processes live. Its methods may be called from any thread.
 *
 * <p>A node started with a root ends when the root does, and stops the root when it is closed.
 */
public interface Node extends Spawner, AutoCloseable {

    /** A node without a root. */
    static Node start() {
        return start(NodeOptions.defaults());
    }

    /** A node without a root. */
    static Node start(NodeOptions options) {
        return LocalNode.start(options);
    }

    /**
     * A node with a root process, commonly a supervisor; returns when its init has.
     *
     * @throws StartFailure if it did not start; the node is closed then
     */
    static <M> Node start(Application<M> root) {
        return start(NodeOptions.defaults(), root);
    }

    /** {@link #start(Application)}, with options. */
    static <M> Node start(NodeOptions options, Application<M> root) {
        return LocalNode.start(options, root);
    }

    /** The root process, if the node was started with one, as soon as its init is done. */
    Optional<Pid> root();

    /**
     * Stands for code outside of all processes: what {@code Exited.from()} is for exits it sends.
     */
    Pid outside();

    /** The names of this node. */
    Registry registry();

    /** The time by which this node's timers run. */
    Clock clock();

    /** Where random numbers come from on this node. */
    Chance chance();

    /** Sends an exit signal, in the name of {@link #outside()}. */
    void exit(Pid target, ExitReason reason);

    /** Ends {@code target} now, with {@code Killed}. */
    void kill(Pid target);

    /** Whether {@code process} is alive. */
    boolean isAlive(Pid process);

    /** What can be seen of {@code process}; empty if it is gone. */
    Optional<ProcessInfo> info(Pid process);

    /**
     * What {@code process} has published last, by {@link Context#publish}; empty if it is gone or
     * has published nothing. Waits for nobody.
     */
    Optional<Object> status(Pid process);

    /**
     * Completes with the reason when {@code process} ends; with {@code NoProcess} if it is gone.
     *
     * <p>What depends on it without an executor ({@code thenRun} and the like) runs inside the
     * death, before linked and monitoring processes are told, and holds them up: it must not block.
     */
    CompletableFuture<ExitReason> ended(Pid process);

    /** How many processes are alive. */
    long processes();

    /** How many timers are set: of processes, of waiting requests, of deadlines of init. */
    long timers();

    /** What became of the messages so far. */
    Fates fates();

    /**
     * The processes that are dead and whose code runs on at this moment, the oldest first: each
     * with its thread and where that is. Whatever they still try through Coppice is refused and
     * counted ({@link Fates}); a scheduler thread that is lost to one is made up for, up to 1,024
     * of them. For people and alarms: it looks at the stacks of threads, and costs accordingly.
     */
    List<Zombie> zombies();

    /**
     * Stops the root with {@code shutdown}, kills what is left when it is gone or when {@code
     * patience} is over, and ends the threads of the node. Safe to call twice, and from many
     * threads.
     *
     * @param patience how long the root may take; zero kills it at once
     * @return why the root ended; {@code Normal} for a node without one
     * @throws IllegalStateException if a process of this node calls it: it would wait for its own
     *     end
     */
    ExitReason stop(Duration patience);

    /** {@link #stop} with a patience of one minute. */
    @Override
    void close();
}
