package io.coppice.internal.run;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks after the workers from outside, once a millisecond while there is work: what waits behind a
 * long handler is given to others, the place of a handler that blocks to another thread; and a
 * process is told that it takes long, for it may be in an init that has a deadline. And after the
 * {@link Carriers} of programs.
 */
final class Watch extends Thread {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * A handler that computes keeps its place for so many ticks; one that waits, or whose process
     * is dead, for one, and one that waits in native code for two.
     */
    private static final int TICKS_COMPUTING = 10;

    /**
     * A worker that has begun and ended tasks so often in a tick, and not yielded, has short ones.
     */
    private static final int BRISK_TURNS = 400;

    /** So many ticks without work, and it sleeps until somebody wakes it. */
    private static final int TICKS_UNTIL_SLEEP = 100;

    /** So many ticks between two looks at the carriers of virtual threads. */
    private static final int TICKS_PER_SCOUT = 5;

    /** While it sleeps it looks at these so often, for programs wake by themselves, too. */
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final LocalNode node;
    private final Workers workers;
    private final Places places;
    private final Huddle huddle = new Huddle();

    /** Whether one worker alone was to work when this last looked. */
    private boolean huddled;

    /** In how many ticks in a row there was no work. */
    private int quiet;

    private volatile boolean asleep;

    Watch(LocalNode node, Workers workers, Places places) {
        super("coppice-watch");
        this.node = node;
        this.workers = workers;
        this.places = places;
        setDaemon(true);
    }

    /** A worker goes back to work. */
    void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(this);
        }
    }

    @Override
    public void run() {
        for (int tick = 0; !workers.isClosed(); tick++) {
            LockSupport.parkNanos(this, TICK_NANOS);
            try {
                lookAtAll(tick);
            } catch (OutOfMemoryError noRoom) {
                // There may be at the next tick. Without the watch nobody sees who is stuck.
            }
        }
    }

    private void lookAtAll(int tick) {
        if (tick % TICKS_PER_SCOUT == 0) {
            scout();
        }
        quiet = isQuiet() ? quiet + 1 : 0;
        if (quiet >= TICKS_UNTIL_SLEEP) {
            sleep();
            quiet = 0;
        }
        boolean isAnyWithoutPlace = false;
        for (var worker : places.placed()) {
            isAnyWithoutPlace |= !look(worker);
        }
        if (isAnyWithoutPlace) {
            workers.tellThatTheyWait();
        }
        workers.wakeIfShared();
        workers.takeBackOverdue();
        huddleOrSpread();
        for (var worker : places.stuck()) {
            lookAtStuck(worker);
        }
    }

    private boolean isQuiet() {
        return workers.allIdle() && places.stuck().length == 0;
    }

    private void huddleOrSpread() {
        if (places.placed().length < 2) {
            if (places.isHuddled()) {
                workers.spread(); // who is left must not be left out
            }
            return;
        }
        long now = System.nanoTime();
        boolean wasEnded = huddled && !places.isHuddled();
        if (wasEnded) {
            huddle.end(now, node.tallies.handled(), node.tallies.crossed());
            huddled = false;
            return;
        }
        if (!huddle.isDue(now)) {
            return;
        }
        boolean wanted = huddle.look(now, node.tallies.handled(), node.tallies.crossed());
        if (wanted && !huddled) {
            places.huddle();
        } else if (!wanted && huddled) {
            workers.spread();
        }
        huddled = places.isHuddled();
    }

    private void sleep() {
        asleep = true;
        while (asleep && isQuiet() && !workers.isClosed()) {
            if (scout()) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else if (workers.hasPrograms()) {
                LockSupport.parkNanos(this, NAP_NANOS);
            } else {
                LockSupport.park(this);
            }
        }
        asleep = false;
    }

    /**
     * @return whether there is something to come back for soon
     */
    private boolean scout() {
        var carriers = Carriers.ofJvm();
        try {
            return (workers.hasPrograms() || carriers.areAdded())
                    && carriers.look(System.nanoTime());
        } catch (OutOfMemoryError noThread) {
            return false; // and none for another carrier
        }
    }

    /**
     * @return false if the worker does not come back, and nobody can be had to take its place
     */
    private boolean look(Worker worker) {
        long turns = worker.turns();
        if (turns != worker.turnsSeen || turns % 2 == 0) {
            // One that does not get done with what it is sent is not brisk, short as its turns are.
            long yields = worker.desk().tally.yieldedSoFar();
            long done = turns - worker.turnsSeen - 2 * (yields - worker.yieldsSeen);
            worker.isBrisk = done > BRISK_TURNS;
            worker.turnsSeen = turns;
            worker.yieldsSeen = yields;
            worker.ticksStuck = 0;
            if (workers.hasToSpare(worker)) {
                workers.wakeOne();
            }
            return true;
        }
        worker.isBrisk = false;
        return lookAtLong(worker);
    }

    private boolean lookAtLong(Worker worker) {
        worker.ticksStuck++;
        long burnt = burntSinceLook(worker);
        boolean isBurntKnown = worker.ticksStuck > 1;
        boolean burnsNothing = isBurntKnown && burnt < TICK_NANOS / 10;
        boolean computes = isBurntKnown && burnt > TICK_NANOS / 2;
        boolean isZombie = tell(worker);
        boolean isAway = waits(worker) || burnsNothing && isInNative(worker);
        boolean isOut = isZombie || isAway || worker.ticksStuck >= TICKS_COMPUTING;
        boolean isReplaced = isOut && places.replace(worker);
        if (!isReplaced && computes) {
            workers.spread(); // others may take as long
        } else if (!isReplaced) {
            places.relieve(worker);
        }
        workers.shareAllOf(worker); // which wakes who relieves it
        return isReplaced || !isOut;
    }

    private void lookAtStuck(Worker worker) {
        worker.ticksStuck++;
        tell(worker);
        workers.shareAllOf(worker);
    }

    private static boolean waits(Worker worker) {
        return switch (worker.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> true;
            default -> false;
        };
    }

    /** What a worker has taken of a processor since the last look at it while it was stuck. */
    private long burntSinceLook(Worker worker) {
        long cpu = threads.getThreadCpuTime(worker.threadId());
        long burnt = cpu - worker.cpuSeen;
        worker.cpuSeen = cpu;
        return burnt;
    }

    /**
     * Whoever reads from a socket seems to run, but in native code, and takes nothing of a
     * processor. Nor does one that the operating system has put aside for others, but that one is
     * hardly ever in native code. Asked without a stack trace: no thread is held up for it.
     */
    private boolean isInNative(Worker worker) {
        var seen = threads.getThreadInfo(worker.threadId());
        return seen != null && seen.isInNative();
    }

    /**
     * Its process takes long. Or it is dead: a kill that came just before the handler began has not
     * found the thread to interrupt.
     *
     * @return whether the process on the worker is dead
     */
    private static boolean tell(Worker worker) {
        var process = worker.desk().taker();
        if (process == null) {
            return false;
        }
        if (!process.isDead()) {
            process.takesLong();
            return false;
        }
        if (Integer.bitCount(worker.ticksStuck) == 1) { // 1, 2, 4, 8 ... ticks
            process.interruptAgain();
        }
        return true;
    }
}
