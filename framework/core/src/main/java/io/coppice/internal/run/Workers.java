package io.coppice.internal.run;

import io.coppice.spi.Scheduler;
import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The scheduler of production: as many workers at work as there are places, however many handlers
 * block.
 *
 * <p>Waking a core costs as much as fifty messages. So a worker that makes tasks ready wakes
 * another only when several wait; the {@link Watch} bounds how long fewer may wait behind a long
 * handler.
 */
final class Workers implements Scheduler {

    /** So many tasks wait at one worker before it wakes another. */
    private static final int WAKE_AT = 8;

    /** How many threads may be stuck in handlers, besides those in their places. */
    static final int MOST_STUCK = 4_096;

    private static final long LAST_WORK_MILLIS = 10_000;
    private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long SPARE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LocalNode node;
    private final Queue<Task> shared = new ConcurrentLinkedQueue<>();
    private final List<Worker> placed = new CopyOnWriteArrayList<>();
    private final List<Worker> stuck = new CopyOnWriteArrayList<>();
    private final AtomicInteger idle = new AtomicInteger();

    /** Whether a worker without work looks around for some. */
    private final AtomicBoolean searching = new AtomicBoolean();

    private final Spin finds = new Spin();
    private final Spin answers = new Spin();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicInteger programs = new AtomicInteger();
    private final Alarms alarms = new Alarms();
    private final Watch watch;

    /**
     * Workers whose task came back when their place was taken. Guarded by itself, with all moves.
     */
    private final Deque<Worker> spare = new ArrayDeque<>();

    /** The only one to work, or null if all are to. */
    private volatile @Nullable Worker lead;

    private volatile boolean closed;

    /**
     * When people were last told that all threads are stuck; 0 before. Guarded by {@link #spare}.
     */
    private long saidStuckNanos;

    Workers(LocalNode node, int places) {
        this.node = node;
        alarms.start(); // later there may be no thread to be had
        this.watch = new Watch(node, this);
        synchronized (spare) {
            for (int i = 0; i < places; i++) {
                if (!fillPlace()) {
                    throw new IllegalStateException("workers: no thread can be made for them");
                }
            }
        }
        watch.start();
    }

    // The door

    @Override
    public void schedule(Task task) {
        if (Thread.currentThread() instanceof Worker worker && worker.seat.node == node) {
            worker.runNext(task);
        } else {
            share(task);
        }
    }

    @Override
    public void yield(Task task) {
        if (Thread.currentThread() instanceof Worker worker && worker.seat.node == node) {
            worker.enqueue(task);
        } else {
            share(task);
        }
    }

    @Override
    public Thread start(String name, Runnable body) {
        programs.incrementAndGet();
        watch.wake();
        return Thread.ofVirtual().name(name).start(() -> run(body));
    }

    private void run(Runnable body) {
        try {
            body.run();
        } finally {
            programs.decrementAndGet();
        }
    }

    @Override
    public void aside(String name, Runnable body) {
        // Virtual threads share as many carriers as there are processors, and one that computes
        // keeps its own.
        try {
            Thread.ofPlatform().daemon().name(name).start(body);
        } catch (OutOfMemoryError noThread) {
            alarms.set(0, body); // late timers are better than none
        }
    }

    @Override
    public Alarm after(long delayNanos, Runnable action) {
        return alarms.set(delayNanos, action);
    }

    @Override
    public <T> T await(CompletableFuture<T> result, long nanos)
            throws InterruptedException, TimeoutException {
        if (!(Thread.currentThread() instanceof Worker worker && worker.seat.node == node)) {
            answers.sees(result::isDone);
        } else if (!result.isDone() && !replace(worker)) {
            throw new IllegalStateException(
                    "no thread can be made that would take the place of one more handler that waits"
                            + " (at most "
                            + MOST_STUCK
                            + " are):"
                            + " let programs do what waits, or send instead of calling");
        }
        try {
            return result.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void park(Object blocker, long nanos) {
        if (nanos == Long.MAX_VALUE) {
            LockSupport.park(blocker);
        } else {
            LockSupport.parkNanos(blocker, nanos);
        }
    }

    @Override
    public void unpark(Thread thread) {
        LockSupport.unpark(thread);
    }

    @Override
    public void giveWay() {
        Thread.yield();
    }

    @Override
    public void interrupt(Thread thread) {
        thread.interrupt();
    }

    @Override
    public Optional<Thread> threadOf(Task task) {
        var worker = workerOf(task, placed);
        return Optional.ofNullable(worker != null ? worker : workerOf(task, stuck));
    }

    private static @Nullable Worker workerOf(Task task, List<Worker> workers) {
        for (var worker : workers) {
            if (worker.seat.isTakenBy(task)) {
                return worker;
            }
        }
        return null;
    }

    @Override
    public void interrupt(Task task) {
        threadOf(task).ifPresent(Thread::interrupt);
    }

    @Override
    public void close() {
        closed = true;
        lead = null; // nobody else would look after the others
        alarms.close();
        watch.wake();
        synchronized (spare) {
            placed.forEach(Worker::unpark);
            spare.forEach(Worker::unpark);
        }
        placed.forEach(Workers::awaitEnd);
    }

    /** It does what is left; one that does not come back is not waited for. */
    private static void awaitEnd(Worker worker) {
        var process = worker.seat.taker();
        boolean comesBack = process == null || process.thread().isEmpty();
        try {
            if (comesBack && worker != Thread.currentThread()) {
                worker.join(LAST_WORK_MILLIS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isClosed() {
        return closed;
    }

    // Work that waits

    /** Puts {@code task} where any worker finds it. */
    void share(Task task) {
        shared.add(task);
        if (!searching.get()) {
            wakeOne();
        }
    }

    /** A task waits at {@code worker}. */
    void enqueued(Worker worker) {
        if (idle.get() > 0 && worker.ring.size() >= WAKE_AT) {
            wakeOne();
        }
    }

    /** For a worker with nothing of its own: what all may take, or what waits at another worker. */
    @Nullable Task shared(@Nullable Worker thief) {
        var task = shared.poll();
        if (task != null || thief == null) {
            if (task != null && !shared.isEmpty()) {
                wakeOne();
            }
            return task;
        }
        for (var worker : placed) {
            task = worker == thief || !hasToSpare(worker) ? null : worker.ring.poll();
            if (task != null) {
                return task;
            }
        }
        return null;
    }

    /**
     * Whether others should take what waits at {@code worker}: not a little that it will do itself
     * before they could.
     */
    boolean hasToSpare(Worker worker) {
        int waiting = worker.ring.size();
        return waiting >= WAKE_AT || waiting > 0 && !worker.isBrisk;
    }

    private boolean anyWaiting() {
        if (!shared.isEmpty()) {
            return true;
        }
        for (var worker : placed) {
            if (hasToSpare(worker)) {
                return true;
            }
        }
        return false;
    }

    // Workers that wait

    /** The calling worker has found nothing: waits until somebody wakes it. */
    void park(Worker worker) {
        if (finds(worker)) {
            return;
        }
        worker.parked.set(true);
        idle.incrementAndGet();
        // Whoever adds work after this look, or wants all to work, sees an idle worker.
        if (isLeftOut(worker)) {
            wakeIfShared();
        } else if (anyWaiting()) {
            unparkIfParked(worker);
        }
        while (worker.parked.get() && !closed && !worker.detached) {
            LockSupport.park(this);
        }
        unparkIfParked(worker);
        watch.wake();
    }

    /**
     * To be woken costs so much that it is better to look around for as long first. One does, and
     * the others need not be woken meanwhile.
     */
    private boolean finds(Worker worker) {
        if (isLeftOut(worker) || !searching.compareAndSet(false, true)) {
            return false;
        }
        boolean found = finds.sees(() -> !shared.isEmpty() || closed || worker.detached);
        searching.set(false);
        return found;
    }

    private boolean unparkIfParked(Worker worker) {
        boolean mine = worker.parked.compareAndSet(true, false);
        if (mine) {
            idle.decrementAndGet();
        }
        return mine;
    }

    /** Whoever shared a task may have counted on this worker, which now leaves it to another. */
    private void wakeIfShared() {
        if (!shared.isEmpty()) {
            wakeOne();
        }
    }

    /** Wakes one idle worker, if there is one. */
    void wakeOne() {
        if (idle.get() == 0) {
            return;
        }
        var only = lead;
        if (only != null) {
            wake(only);
            return;
        }
        for (var worker : placed) {
            if (wake(worker)) {
                return;
            }
        }
    }

    private boolean wake(Worker worker) {
        boolean mine = worker.parked.get() && unparkIfParked(worker);
        if (mine) {
            worker.unpark();
        }
        return mine;
    }

    // One worker alone

    /** Whether {@code worker} is to leave the work to another. */
    boolean isLeftOut(Worker worker) {
        var only = lead;
        return only != null && only != worker;
    }

    boolean isHuddled() {
        return lead != null;
    }

    /** From now on one worker alone does all work, until {@link #spread}. */
    void huddle() {
        synchronized (spare) {
            for (var worker : placed) {
                if (!worker.parked.get()) {
                    lead = worker;
                    return;
                }
            }
        }
    }

    /** All work again. */
    void spread() {
        lead = null;
        wakeOne();
    }

    /** Whether there are programs, which wait for carriers of virtual threads now and then. */
    boolean hasPrograms() {
        return programs.get() > 0;
    }

    boolean allIdle() {
        return idle.get() >= placed.size();
    }

    // Workers that are stuck

    List<Worker> placed() {
        return placed;
    }

    List<Worker> stuck() {
        return stuck;
    }

    /** Lets others take what waits at {@code worker}. */
    void shareAllOf(Worker worker) {
        for (var task = worker.rob(); task != null; task = worker.rob()) {
            share(task);
        }
    }

    /**
     * The task of {@code worker} does not come back soon: another thread takes its place.
     *
     * @return false if none can be had: as many as may be are stuck
     */
    boolean replace(Worker worker) {
        synchronized (spare) {
            if (worker.detached || closed) {
                return true;
            }
            if (stuck.size() >= MOST_STUCK) {
                sayThatAllAreStuck();
                return false;
            }
            lead = null;
            worker.detached = true;
            stuck.add(worker); // first: whoever looks for it finds it in one of the two
            placed.remove(worker);
            // Last: who was woken and then lost its place leaves its task to the one that comes.
            if (!fillPlace()) {
                placed.add(worker);
                stuck.remove(worker);
                worker.detached = false;
                sayThatAllAreStuck();
                return false;
            }
        }
        worker.unpark(); // it may have ended its task and found nothing to do meanwhile
        shareAllOf(worker);
        return true;
    }

    /** From here on handlers that block keep others from running. */
    private void sayThatAllAreStuck() {
        long now = System.nanoTime();
        if (saidStuckNanos == 0 || now - saidStuckNanos > SAY_EVERY_NANOS) {
            saidStuckNanos = now;
            Reports.allStuck(stuck.size());
        }
    }

    /**
     * @return false if no thread can be made
     */
    private boolean fillPlace() {
        var worker = spare.pollFirst();
        if (worker != null) {
            worker.detached = false;
            placed.add(worker);
            worker.unpark();
            return true;
        }
        var made = new Worker(this, node, threads.incrementAndGet());
        placed.add(made);
        try {
            made.start();
            return true;
        } catch (OutOfMemoryError noThread) {
            placed.remove(made);
            return false;
        }
    }

    /**
     * The task of a detached worker has come back: waits for a place.
     *
     * @return false if there was none for a while, and its thread is to end
     */
    boolean awaitPlace(Worker worker) {
        shareAllOf(worker);
        synchronized (spare) {
            if (!worker.detached) {
                return true; // nobody could take its place
            }
            stuck.remove(worker);
            spare.addFirst(worker);
        }
        long until = System.nanoTime() + SPARE_NANOS;
        while (worker.detached && !closed) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return !leaveSpares(worker);
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }

    /**
     * @return false if it has been given a place meanwhile
     */
    private boolean leaveSpares(Worker worker) {
        synchronized (spare) {
            return spare.remove(worker);
        }
    }
}
