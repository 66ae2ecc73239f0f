package io.coppice.internal.run;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Signal;
import io.coppice.spi.Scheduler;
import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A node on which nothing runs by itself: the actors of a race do what its threads would, each when
 * it is theirs to do.
 */
final class Still implements Scheduler {

    /** What was made ready, in order. */
    private final Queue<Task> ready = new ConcurrentLinkedQueue<>();

    final LocalNode node = new LocalNode(new Doors(() -> 0, this, () -> 0, null));

    /** What the alarm set last is to do. */
    volatile Runnable alarm = () -> {};

    /** The body of the thread started last. */
    volatile Runnable body = () -> {};

    /** The thread that plays the worker, and its seat. */
    private volatile @Nullable Thread worker;

    private volatile @Nullable Seat seat;

    /** A process whose init has yet to run. */
    ActorProcess<Object> actor(SpawnOptions<Object> options) {
        return actor(context -> message -> {}, options);
    }

    ActorProcess<Object> actor(ActorFactory<Object> factory, SpawnOptions<Object> options) {
        return begun(new ActorProcess<>(node, options, null, factory));
    }

    ActorProcess<Object> actor() {
        return actor(SpawnOptions.defaults());
    }

    /** A process that waits for its first message. */
    ActorProcess<Object> idleActor(SpawnOptions<Object> options) {
        return idleActor(context -> message -> {}, options);
    }

    ActorProcess<Object> idleActor(ActorFactory<Object> factory, SpawnOptions<Object> options) {
        var made = actor(factory, options);
        runAll();
        return made;
    }

    ProgramProcess<Object> program(Program<Object> program) {
        var options = SpawnOptions.<Object>defaults();
        return begun(new ProgramProcess<>(node, options, null, program));
    }

    private static <P extends LocalProcess<?>> P begun(P process) {
        process.begin();
        return process;
    }

    static void kill(LocalProcess<?> victim) {
        LocalProcess.signal(null, victim, new Signal.Kill());
    }

    /** Runs what is ready, as a worker does, until nothing is. */
    void runAll() {
        for (var task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
        }
    }

    /**
     * {@link #runAll} on a thread that can be interrupted.
     *
     * @return whether an interrupt was left to whatever the thread does next
     */
    boolean workThrough() {
        seat = Seat.take(node);
        worker = Thread.currentThread();
        runAll();
        return Thread.interrupted();
    }

    /** Every accepted message has a fate, and no code of the dead is waited for. */
    boolean isAtRest() {
        return node.fates().isBalanced() && node.noZombies().isDone();
    }

    // The door

    @Override
    public void schedule(Task task) {
        ready.add(task);
    }

    @Override
    public void yield(Task task) {
        ready.add(task);
    }

    /** By whoever plays the watch. */
    @Override
    public boolean tellsWhatTakesLong() {
        return true;
    }

    @Override
    public Thread start(String name, Runnable body) {
        this.body = body;
        return Thread.currentThread();
    }

    @Override
    public Alarm after(long delayNanos, Runnable action) {
        alarm = action;
        return () -> alarm = () -> {};
    }

    @Override
    public <T> T await(CompletableFuture<T> result, long nanos) {
        throw new IllegalStateException("nobody waits on a still node");
    }

    @Override
    public void park(Object blocker, long nanos) {
        throw new IllegalStateException("nobody waits on a still node");
    }

    @Override
    public void unpark(Thread thread) {}

    @Override
    public Optional<Thread> threadOf(Task task) {
        var taken = seat;
        return taken != null && taken.isTakenBy(task)
                ? Optional.ofNullable(worker)
                : Optional.empty();
    }

    @Override
    public void interrupt(Task task) {
        threadOf(task).ifPresent(Thread::interrupt);
    }

    @Override
    public void interrupt(Thread thread) {}

    @Override
    public void giveWay() {
        Thread.onSpinWait();
    }

    @Override
    public void close() {}
}
