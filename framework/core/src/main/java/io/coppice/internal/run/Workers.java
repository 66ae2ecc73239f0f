package io.coppice.internal.run;

import io.coppice.spi.Scheduler;
import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

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

    private static final long LAST_WORK_MILLIS = 10_000;

    private final LocalNode node;
    private final Queue<Task> shared = new ConcurrentLinkedQueue<>();
    final Places places;
    private final AtomicInteger idle = new AtomicInteger();

    private final Handoff handoff = Handoff.make();

    private final Spin finds = new Spin();
    private final Spin answers = new Spin();
    private final AtomicInteger programs = new AtomicInteger();
    private final Alarms alarms = new Alarms();
    private final Watch watch;

    private volatile boolean closed;

    /** For the watch only: what had been given and not been taken when it last looked. */
    private @Nullable Task givenBefore;

    Workers(LocalNode node, int number) {
        this.node = node;
        alarms.start(); // later there may be no thread to be had
        this.places = new Places(this, node);
        this.watch = new Watch(node, this, places);
        places.make(number);
        watch.start();
    }

    // The door

    @Override
    public void schedule(Task task) {
        if (Thread.currentThread() instanceof Worker worker && worker.desk().node == node) {
            worker.runNext(task);
        } else {
            share(task);
        }
    }

    @Override
    public void yield(Task task) {
        if (Thread.currentThread() instanceof Worker worker && worker.desk().node == node) {
            worker.enqueue(task);
        } else {
            share(task);
        }
    }

    @Override
    public boolean tellsWhatTakesLong() {
        return true; // the watch does
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
        if (!(Thread.currentThread() instanceof Worker worker && worker.desk().node == node)) {
            answers.sees(result::isDone);
        } else if (!result.isDone() && !places.replace(worker)) {
            throw new IllegalStateException(
                    "no thread can be made that would take the place of one more handler that waits"
                            + " (at most "
                            + Places.MOST_STUCK
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
        var worker = workerOf(task, places.placed());
        return Optional.ofNullable(worker != null ? worker : workerOf(task, places.stuck()));
    }

    private static @Nullable Worker workerOf(Task task, Worker[] workers) {
        for (var worker : workers) {
            if (worker.desk().isTakenBy(task)) {
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
        alarms.close();
        watch.wake();
        places.close();
        Arrays.stream(places.placed()).forEach(Workers::awaitEnd);
    }

    /** It does what is left; one that does not come back is not waited for. */
    private static void awaitEnd(Worker worker) {
        var process = worker.desk().taker();
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

    /** Gives {@code task} to a worker that looks for one, or puts it where any finds it. */
    void share(Task task) {
        if (handoff.give(task)) {
            return;
        }
        shared.add(task);
        if (!handoff.isAsked() && !isSoonLookedAt()) {
            wakeOne();
        }
    }

    /**
     * Whether somebody is awake who takes what is shared before another could be woken; if not, the
     * watch sees it at its next tick.
     */
    private boolean isSoonLookedAt() {
        for (var worker : places.placed()) {
            if (worker.isBrisk && !worker.parked.get()) {
                return true;
            }
        }
        return false;
    }

    /** A task waits at {@code worker}. */
    void enqueued(Worker worker) {
        if (idle.get() > 0 && worker.ring.size() >= WAKE_AT) {
            wakeOne();
        }
    }

    /** Lets others take what waits at {@code worker}. */
    void shareAllOf(Worker worker) {
        for (var task = worker.rob(); task != null; task = worker.rob()) {
            share(task);
        }
    }

    /** For a worker with nothing of its own: what all may take, or what waits at another worker. */
    @Nullable Task shared(@Nullable Worker thief) {
        var task = shared.poll();
        if (task != null || thief == null) {
            if (task != null) {
                wakeForRest();
            }
            return task;
        }
        for (var worker : places.placed()) {
            task = worker == thief || !hasToSpare(worker) ? null : worker.ring.poll();
            if (task != null) {
                thief.desk().tally.crossed();
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

    /** The calling worker has a task from outside: others are to see to what else is shared. */
    private void wakeForRest() {
        if (!shared.isEmpty() && !isSoonLookedAt()) {
            wakeOne();
        }
    }

    private boolean anyWaiting() {
        if (!shared.isEmpty()) {
            return true;
        }
        for (var worker : places.placed()) {
            if (hasToSpare(worker)) {
                return true;
            }
        }
        return false;
    }

    // Workers that wait

    /**
     * The calling worker has found nothing: waits until somebody wakes it.
     *
     * <p>To be woken costs so much that it is better to look around for as long first. One does,
     * and the others need not be woken meanwhile.
     *
     * @return what it was given meanwhile, to be run at once; or null
     */
    @Nullable Task park(Worker worker) {
        BooleanSupplier somethingCame =
                () -> !handoff.isAsked() || !shared.isEmpty() || closed || worker.detached;
        if (!places.isLeftOut(worker) && handoff.ask()) {
            boolean came = finds.sees(somethingCame);
            var given = handoff.take(); // perhaps given at the very end of the look
            if (given != null) {
                wakeForRest();
                return given;
            }
            if (came) {
                return null;
            }
        }
        sleep(worker);
        return null;
    }

    private void sleep(Worker worker) {
        worker.parked.set(true);
        idle.incrementAndGet();
        // Whoever adds work after this look, or wants all to work, sees an idle worker.
        if (places.isLeftOut(worker)) {
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

    private boolean unparkIfParked(Worker worker) {
        boolean mine = worker.parked.compareAndSet(true, false);
        if (mine) {
            idle.decrementAndGet();
        }
        return mine;
    }

    /**
     * For the watch, once a tick: a worker that was given a task may have been descheduled before
     * it took it.
     */
    void takeBackOverdue() {
        var given = handoff.given();
        if (given != null && given == givenBefore && handoff.takeBack(given)) {
            shared.add(given);
            wakeOne();
        }
        givenBefore = given;
    }

    /** Whoever shared a task may have counted on a worker that does not come to it. */
    void wakeIfShared() {
        if (!shared.isEmpty()) {
            wakeOne();
        }
    }

    /**
     * For the watch: what waits may wait for ever, as nobody can be had for those who are stuck.
     */
    void tellThatTheyWait() {
        shared.forEach(Task::takesLong);
    }

    /** Wakes one idle worker, if there is one. */
    void wakeOne() {
        if (idle.get() == 0) {
            return;
        }
        var only = places.lead();
        if (only != null) {
            wake(only);
            return;
        }
        for (var worker : places.placed()) {
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

    /** All work again, if one has worked alone. */
    void spread() {
        places.spread();
        wakeOne();
    }

    /** Whether there are programs, which wait for carriers of virtual threads now and then. */
    boolean hasPrograms() {
        return programs.get() > 0;
    }

    boolean allIdle() {
        return idle.get() >= places.placed().length;
    }
}
