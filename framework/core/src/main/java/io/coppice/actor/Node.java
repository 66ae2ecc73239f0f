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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

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

    /** The root process, if the node was started with one; known before its init is done. */
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

    /**
     * Makes the calling thread wait for {@code result}, as its {@code get} does; but the runtime
     * knows that it waits. Other processes go on meanwhile, though the caller is an actor, and in a
     * simulation time can pass. May be called from any thread, that of a dead process included.
     *
     * @throws ExecutionException if {@code result} completes with an exception
     * @throws InterruptedException if the thread is interrupted: its process may have ended
     */
    <T> T await(CompletableFuture<T> result) throws InterruptedException, ExecutionException;

    /**
     * {@link #await(CompletableFuture)}, for a while.
     *
     * @param patience how long at most; zero or more
     * @throws TimeoutException if the time is over
     */
    <T> T await(CompletableFuture<T> result, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException;

    /** How many processes are alive. */
    long processes();

    /**
     * How many timers are set: of processes, of waiting requests, of deadlines of init (of an
     * actor's, once it takes some milliseconds).
     */
    long timers();

    /** What became of the messages so far. */
    Fates fates();

    /**
     * The processes that are dead and whose code runs on at this moment, the oldest first: each
     * with its thread and where that is. Whatever they still try through Coppice is refused and
     * counted ({@link Fates}); a scheduler thread that is lost to one is made up for, up to 4,096
     * of them. For people and alarms: it looks at the stacks of threads, and costs accordingly.
     */
    List<Zombie> zombies();

    /**
     * Stops this node, and waits for that. From the first call on, what comes from outside of all
     * processes is kept out ({@link Offer.Gated}); whoever waits for room in a mailbox is told so.
     * If the root is to be {@link Application#drain drained}, what had been accepted is finished.
     * Then the root is stopped with {@code shutdown}, and killed when patience is over. What is
     * left then is killed, its code gets a second to come back, and the threads of the node end.
     *
     * <p>Safe to call twice, from many threads, from a shutdown hook: the first call decides, and
     * all get the same report. A process of this node that calls it ends when its turn comes, by
     * the first exit signal, even if it traps exits; the call does not return then. One whose
     * caller waits for its answer does better to {@link #beginStop}: a drain waits for the caller.
     *
     * @param patience how long it may take until the rest is killed; zero kills the root at once
     * @return how it went
     */
    ShutdownReport stop(Duration patience);

    /**
     * {@link #stop}, without waiting: for a process that goes on until it is told to stop, a
     * supervisor's listener for instance.
     *
     * @return completes when the node has stopped
     */
    CompletableFuture<ShutdownReport> beginStop(Duration patience);

    /** {@link #stop} with a patience of one minute. */
    @Override
    void close();
}
