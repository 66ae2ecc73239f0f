package io.coppice.testkit.internal;

import io.coppice.internal.run.Doors;
import io.coppice.internal.run.LocalNode;
import io.coppice.process.Pid;
import io.coppice.spi.Scheduler;
import io.coppice.spi.Task;
import io.coppice.testkit.internal.Event.Verb;
import io.coppice.testkit.internal.Turn.Job;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * The scheduler of a simulated node, and its clock.
 *
 * <p>One carrier runs at a time. At the end of a turn, when code waits, and before every act, the
 * schedule decides who goes on; if that is somebody else, the turn is handed over. Time stands
 * still while anybody can go on, and then jumps to the next alarm.
 */
final class Engine implements Scheduler, Journal.Moment {

    private static final Object QUIET = new Object();

    /** So often code is told that the run is over. */
    private static final int PATIENCE = 1_000;

    final LocalNode node;
    final Journal journal;

    private final Carriers carriers;
    private final Carrier main;
    private final Chooser chooser;
    final Plan plan;
    private final int mostSteps;
    private final Alarms alarms = new Alarms();
    private final List<Turn> ready = new ArrayList<>();
    private final List<Carrier> waiting = new ArrayList<>();
    private final Map<Thread, Carrier> threads = new IdentityHashMap<>();
    private final Decision decision = new Decision();

    private Carrier current;
    private long now;
    private int steps;

    /** When the script goes on, if nobody else can before; while it waits for quiet. */
    private long quietAt;

    /** What ends this run before its script does. */
    private @Nullable Error verdict;

    private boolean ending;

    /** Why some of its code was given up, or null. */
    private @Nullable AssertionError abandoned;

    Engine(
            Carriers carriers,
            Chooser chooser,
            Plan plan,
            boolean traces,
            long seed,
            int mostSteps) {
        this.carriers = carriers;
        this.main = carriers.main;
        this.current = main;
        this.chooser = chooser;
        this.plan = plan;
        this.mostSteps = mostSteps;
        this.journal = new Journal(this, plan, traces);
        var dice = new Dice(seed);
        this.node = new LocalNode(new Doors(() -> now, this, dice::nextDouble, journal));
        carriers.workFor(this);
        node.enter();
    }

    @Override
    public int step() {
        return steps;
    }

    @Override
    public long nanos() {
        return now;
    }

    /** For the watchdog: who has the turn. */
    Thread whoRuns() {
        return current.thread;
    }

    // Who goes on

    /** Whoever has the turn, which must be the one who asks. */
    private Carrier me() {
        var me = current;
        if (me.thread != Thread.currentThread()) {
            throw new IllegalStateException(
                    "a simulation has one thread at a time, and "
                            + Thread.currentThread()
                            + " is not it: use processes, timers and calls, no threads of your"
                            + " own");
        }
        return me;
    }

    /**
     * Decides who goes on.
     *
     * @param continuing who can go on without waiting, or null
     */
    private Turn next(@Nullable Carrier continuing) {
        if (++steps > mostSteps && verdict == null) {
            verdict =
                    new AssertionError(
                            "no end after "
                                    + mostSteps
                                    + " steps, the last by "
                                    + name(current.strand));
        }
        if (verdict != null && !ending) {
            return toScript(continuing);
        }
        var due = plan.isEmpty() || ending ? null : plan.due(steps);
        if (due != null) {
            return new Job(new Strike(due));
        }
        while (continuing == null && ready.isEmpty()) {
            if (!passTime()) {
                return stuck();
            }
        }
        return choose(continuing);
    }

    private Turn choose(@Nullable Carrier continuing) {
        int faults = plan.isEmpty() || ending ? 0 : plan.kills();
        var asked = decision.of(continuing, ready, faults);
        int answer = asked.answers() == 1 || ending ? 0 : chooser.choose(asked);
        if (answer >= asked.turns()) {
            return new Job(new Strike(plan.strike(answer - asked.turns())));
        }
        if (continuing == null) {
            return ready.remove(answer);
        }
        return answer == 0 ? continuing : ready.remove(answer - 1);
    }

    /** The script is told how the run ends. */
    private Turn toScript(@Nullable Carrier continuing) {
        if (continuing != main && !ready.remove(main)) {
            stopWaiting(main);
        }
        return main;
    }

    /** Nobody will ever go on, not even the script. */
    private Turn stuck() {
        verdict =
                new AssertionError(
                        "nobody can go on, and the script waits for something that will not come");
        return toScript(null);
    }

    /**
     * @return false if there is nothing to wait for
     */
    private boolean passTime() {
        long next = alarms.next();
        if (main.waitsFor == QUIET && quietAt < next) {
            now = Math.max(now, quietAt);
            wake(main, QUIET);
            return true;
        }
        if (next == Long.MAX_VALUE) {
            return false;
        }
        now = Math.max(now, next);
        for (var task = alarms.poll(next); task != null; task = alarms.poll(next)) {
            ready.add(new Job(task));
        }
        return true;
    }

    /** For a carrier with nothing half-way on its stack: takes turn after turn. */
    void loop(Carrier me) {
        var first = me.first;
        me.first = null;
        if (first != null) {
            perform(me, first, first);
            threads.remove(me.thread);
        }
        while (true) {
            switch (next(null)) {
                case Job(var task) -> perform(me, task, task::run);
                case Carrier other -> {
                    carriers.release(me);
                    handTo(other);
                    return;
                }
            }
        }
    }

    private void perform(Carrier me, Object strand, Runnable body) {
        me.strand = strand;
        try {
            body.run();
        } catch (EndOfRun over) {
            // This was half-way when the run ended.
        } catch (Throwable escaped) {
            verdict = new AssertionError(strand + " let something escape", escaped);
        }
        me.strand = null;
        Thread.interrupted(); // left over by a handler
    }

    private void handTo(Carrier other) {
        current = other;
        other.giveTurn();
    }

    /** The calling carrier stops where it is, until it is chosen again. */
    private void stop(Carrier me, Turn next) {
        if (next == me) {
            return;
        }
        handTo(
                switch (next) {
                    case Carrier carrier -> carrier;
                    case Job(var task) -> carriers.take(new First(this, task));
                });
        me.awaitTurn();
        endIfOver(me);
    }

    /** What is half-way when the run ends goes no further; but the end itself must get there. */
    private void endIfOver(Carrier me) {
        if (ending
                && !me.isInAct
                && me != main
                && !(me.strand instanceof Life life && life.isRuntime())) {
            if (++me.timesTold > PATIENCE) {
                abandon(me);
            }
            throw new EndOfRun();
        }
    }

    /** Code that catches whatever is to end it would keep the run from ending: stops for ever. */
    private void abandon(Carrier me) {
        abandoned =
                new AssertionError(
                        name(me.strand)
                                + " goes on after the end of the run: "
                                + PATIENCE
                                + " times it has caught what was to end it"
                                + " (catch what you expect, not Throwable)");
        threads.remove(me.thread);
        switch (next(null)) {
            case Carrier carrier -> handTo(carrier);
            case Job(var task) -> handTo(carriers.take(new First(this, task)));
        }
        me.leaveForEver();
    }

    /** The first turn of a carrier that was free. */
    private record First(Engine engine, Task task) implements Runnable {
        @Override
        public void run() {
            engine.perform(engine.current, task, task::run);
        }
    }

    // Waiting

    /** The calling carrier waits for {@code what}, at most so long. */
    private void waitFor(Carrier me, Object what, long nanos) {
        endIfOver(me);
        if (me.interrupted) {
            return;
        }
        me.waitsFor = what;
        waiting.add(me);
        var alarm = nanos == Long.MAX_VALUE ? null : alarms.add(later(nanos), () -> wake(me, what));
        stop(me, next(null));
        if (alarm != null) {
            alarm.cancel();
        }
        tellVerdict(me);
    }

    private long later(long nanos) {
        return nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
    }

    private void wake(Carrier carrier, Object what) {
        if (carrier.waitsFor == what) {
            stopWaiting(carrier);
            ready.add(carrier);
        }
    }

    private void stopWaiting(Carrier carrier) {
        carrier.waitsFor = null;
        waiting.remove(carrier);
    }

    private void tellVerdict(Carrier me) {
        var told = verdict;
        if (me == main && told != null && !ending) {
            if (++me.timesTold > PATIENCE) {
                carriers.breakOff(
                        new AssertionError(
                                "the script goes on though it has been told "
                                        + PATIENCE
                                        + " times: "
                                        + told.getMessage(),
                                told));
                me.leaveForEver();
            }
            throw told;
        }
    }

    @Override
    public <T> T await(CompletableFuture<T> result, long nanos)
            throws InterruptedException, TimeoutException {
        var me = me();
        if (!result.isDone() && nanos > 0) {
            takeInterrupt(me);
            result.whenComplete((value, thrown) -> wake(me, result));
            waitFor(me, result, nanos);
        }
        if (result.isDone()) {
            me.takeInterrupt();
            return result.join();
        }
        takeInterrupt(me);
        throw new TimeoutException();
    }

    private static void takeInterrupt(Carrier me) throws InterruptedException {
        boolean interrupted = Thread.interrupted() || me.interrupted;
        me.interrupted = false;
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    @Override
    public void park(Object blocker, long nanos) {
        var me = me();
        if (!me.permit && !Thread.currentThread().isInterrupted()) {
            waitFor(me, me, nanos);
        }
        me.permit = false;
        me.takeInterrupt();
    }

    @Override
    public void unpark(Thread thread) {
        var carrier = threads.get(thread);
        if (carrier != null) {
            carrier.permit = true;
            wake(carrier, carrier);
        }
    }

    private void wake(Carrier carrier) {
        var what = carrier.waitsFor;
        if (what != null) {
            wake(carrier, what);
        }
    }

    @Override
    public Optional<Thread> threadOf(Task task) {
        return Optional.ofNullable(carrierOf(task)).map(carrier -> carrier.thread);
    }

    private @Nullable Carrier carrierOf(Task task) {
        if (current.strand == task) {
            return current;
        }
        for (var carrier : waiting) {
            if (carrier.strand == task) {
                return carrier;
            }
        }
        for (var turn : ready) {
            if (turn instanceof Carrier carrier && carrier.strand == task) {
                return carrier;
            }
        }
        return null;
    }

    @Override
    public void interrupt(Task task) {
        var carrier = carrierOf(task);
        if (carrier != null) {
            interrupt(carrier);
        }
    }

    @Override
    public void interrupt(Thread thread) {
        var carrier = threads.get(thread);
        if (carrier != null) {
            interrupt(carrier);
        }
    }

    private void interrupt(Carrier carrier) {
        if (carrier == current) {
            carrier.thread.interrupt();
        } else {
            carrier.interrupted = true;
            wake(carrier);
        }
    }

    /** The script waits until nobody else can go on before {@code at}. */
    void untilQuiet(long at) {
        var me = me();
        if (me != main) {
            throw new IllegalStateException("only the script itself can let time pass");
        }
        quietAt = at;
        do {
            waitFor(me, QUIET, Long.MAX_VALUE);
        } while (!ready.isEmpty() || alarms.next() <= at); // a fault has struck in the quiet
    }

    @Override
    public void giveWay() {
        var me = me();
        if (!ready.isEmpty()) {
            var next = next(null);
            ready.add(me);
            stop(me, next);
        }
    }

    @Override
    public void beforeAct() {
        var me = me();
        endIfOver(me);
        if (ending || me.strand instanceof Strike) {
            return;
        }
        if (!plan.isEmpty()) {
            block(me);
        }
        letOthersGo(me);
        tellVerdict(me);
    }

    @Override
    public void beforeSignal() {
        var me = me();
        me.isInAct = true;
        letOthersGo(me);
        me.isInAct = false;
    }

    private void letOthersGo(Carrier me) {
        var next = next(me);
        if (next != me) {
            ready.add(me);
            journal.write(name(me.strand), Verb.WAITS, "", null);
            stop(me, next);
            me.takeInterrupt();
        }
    }

    private void block(Carrier me) {
        long nanos = me == main ? 0 : plan.nanosBlocked(label(me.strand));
        if (nanos > 0) {
            strikes(me.strand, "blocks for " + Duration.ofNanos(nanos));
            waitFor(me, new Object(), nanos);
            me.takeInterrupt();
        }
    }

    private void strikes(@Nullable Object whom, String how) {
        journal.write(name(whom), Verb.FAULT, "", how);
    }

    /** A program has a thread, on which it can be slow; an actor is, before it is run. */
    @Override
    public void beforeMessage() {
        var me = me();
        if (me.strand instanceof Life life && !ending) {
            long nanos = slowness(life, life.label());
            if (nanos > 0) {
                waitFor(me, new Object(), nanos);
                me.takeInterrupt();
            }
        }
    }

    private long slowness(Object strand, String label) {
        long nanos = plan.nanosUntilMessage(label);
        if (nanos > 0) {
            strikes(strand, "takes " + Duration.ofNanos(nanos) + " until it begins with a message");
        }
        return nanos;
    }

    private long initDelay(Object strand, String label) {
        long nanos = plan.nanosUntilInit(label);
        if (nanos > 0) {
            strikes(strand, "its init begins " + Duration.ofNanos(nanos) + " late");
        }
        return nanos;
    }

    private static String name(@Nullable Object strand) {
        return switch (strand) {
            case Pid process -> process.toString();
            case Life life -> life.name();
            case null -> Journal.OUTSIDE;
            default -> "runtime";
        };
    }

    private static String label(@Nullable Object strand) {
        return switch (strand) {
            case Pid process -> process.label();
            case Life life -> life.label();
            case null, default -> "";
        };
    }

    // Work

    @Override
    public void schedule(Task task) {
        me();
        if (!plan.isEmpty() && task instanceof Pid process && plan.isAlive(process)) {
            long delay =
                    plan.begins(process.toString())
                            ? initDelay(process, process.label())
                            : slowness(process, process.label());
            if (delay > 0) {
                alarms.add(later(delay), () -> ready.add(new Job(task)));
                return;
            }
        }
        ready.add(new Job(task));
    }

    @Override
    public void yield(Task task) {
        schedule(task);
    }

    /** What a thread of its own does. */
    private record Life(String name, Runnable body) implements Runnable {
        /** Those of processes are called as they are, with a number at the end. */
        boolean isRuntime() {
            return !name.endsWith(">");
        }

        String label() {
            int number = name.lastIndexOf('<');
            return number < 0 ? name : name.substring(0, number);
        }

        @Override
        public void run() {
            body.run();
        }
    }

    @Override
    public Thread start(String name, Runnable body) {
        me();
        var life = new Life(name, body);
        var carrier = carriers.take(life);
        carrier.strand = life;
        threads.put(carrier.thread, carrier);
        long delay = plan.isEmpty() ? 0 : initDelay(life, life.label());
        if (delay > 0) {
            alarms.add(later(delay), () -> ready.add(carrier));
        } else {
            ready.add(carrier);
        }
        return carrier.thread;
    }

    @Override
    public Alarm after(long delayNanos, Runnable action) {
        var setter = me().strand;
        long late = plan.isEmpty() ? 0 : plan.nanosLate(label(setter));
        if (late == Plan.NEVER) {
            strikes(setter, "a timer that it sets never fires");
            return () -> {};
        }
        if (late > 0) {
            strikes(setter, "a timer that it sets fires " + Duration.ofNanos(late) + " late");
        }
        return alarms.add(later(delayNanos + late), action);
    }

    /** A fault: a process is killed from outside. */
    private final class Strike implements Task {
        private final Pid victim;

        Strike(Pid victim) {
            this.victim = victim;
        }

        @Override
        public void run() {
            journal.write(Journal.OUTSIDE, Verb.NOTES, "", "fault: kill of " + victim);
            node.kill(victim);
        }
    }

    // The end

    /**
     * The run is over: ends all that is left of it. For the script's own carrier.
     *
     * @return what failed in that, or null
     */
    @Nullable AssertionError end() {
        journal.close();
        ending = true;
        node.stop(Duration.ZERO);
        while (!waiting.isEmpty() || !ready.isEmpty()) {
            for (var carrier : List.copyOf(waiting)) {
                wake(carrier);
            }
            giveWay();
        }
        main.timesTold = 0;
        Thread.interrupted();
        return abandoned;
    }

    @Override
    public void close() {}

    /** Unwinds what was half-way when its run ended. */
    private static final class EndOfRun extends Error {
        private static final long serialVersionUID = 1;

        EndOfRun() {
            super("the run is over", null, false, false);
        }
    }
}
