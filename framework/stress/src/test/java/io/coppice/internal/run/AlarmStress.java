package io.coppice.internal.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ProcessEnded;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartResult;
import io.coppice.actor.TimerRef;
import io.coppice.spi.Scheduler.Alarm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The alarms of a node, and the timers of its processes. */
public class AlarmStress {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** An alarm is cancelled when its time has come. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 0"},
            expect = ACCEPTABLE,
            desc = "It has rung or not, and is no longer set.")
    @Outcome(expect = FORBIDDEN, desc = "It rang twice, or is counted wrongly.")
    @State
    public static class FireVsCancel {
        private final Still still = new Still();
        private final AtomicInteger rung = new AtomicInteger();
        private final Alarm alarm = still.node.after(SECOND, rung::incrementAndGet);
        private final Runnable clock = still.alarm;

        @Actor
        public void clock() {
            clock.run();
        }

        @Actor
        public void owner() {
            alarm.cancel();
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = rung.get();
            r.r2 = (int) still.node.timers();
        }
    }

    /** Two cancel an alarm. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "It is no longer set.")
    @Outcome(expect = FORBIDDEN, desc = "It is counted as cancelled twice.")
    @State
    public static class CancelVsCancel {
        private final Still still = new Still();
        private final AtomicInteger rung = new AtomicInteger();
        private final Alarm alarm = still.node.after(SECOND, rung::incrementAndGet);
        private final Runnable clock = still.alarm;

        @Actor
        public void ann() {
            alarm.cancel();
        }

        @Actor
        public void bob() {
            alarm.cancel();
        }

        @Arbiter
        public void after(II_Result r) {
            clock.run(); // too late
            r.r1 = rung.get();
            r.r2 = (int) still.node.timers();
        }
    }

    /** A process with one timer, and what it handles. */
    private static final class Owner {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.idleActor(SpawnOptions.defaults());
        private final ProcessTimers<Object> timers = new ProcessTimers<>(process);
        private final long handled = still.node.fates().handled();

        /** Handles what waits, and tells how many of it counted. */
        int handle() {
            still.runAll();
            return (int) (still.node.fates().handled() - handled);
        }
    }

    /** A process cancels a timer that fires. */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "Its message is not sent, or taken back.")
    @Outcome(expect = FORBIDDEN, desc = "The process is told of a timer that it has cancelled.")
    @State
    public static class TickVsCancel {
        private final Owner owner = new Owner();
        private final TimerRef timer = owner.timers.after(SECOND, "tick");
        private final Runnable clock = owner.still.alarm;

        @Actor
        public void clock() {
            clock.run();
        }

        @Actor
        public void process() {
            timer.cancel();
        }

        @Arbiter
        public void after(IZ_Result r) {
            r.r1 = owner.handle() + (int) owner.still.node.timers();
            r.r2 = owner.still.isAtRest();
        }
    }

    /** A process cancels a timer that comes again when it fires. */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "It is not set again.")
    @Outcome(expect = FORBIDDEN, desc = "It goes on for ever, or is heard of once more.")
    @State
    public static class PeriodVsCancel {
        private final Owner owner = new Owner();
        private final TimerRef timer = owner.timers.every(SECOND, "tick");
        private final Runnable clock = owner.still.alarm;

        @Actor
        public void clock() {
            clock.run();
        }

        @Actor
        public void process() {
            timer.cancel();
        }

        @Arbiter
        public void after(IZ_Result r) {
            r.r1 = owner.handle() + (int) owner.still.node.timers();
            r.r2 = owner.still.isAtRest();
        }
    }

    /** An actor whose start somebody waits for, and what that one is told. */
    private static final class Starting {
        private final Still still = new Still();
        private final AtomicInteger told = new AtomicInteger();
        private final ActorProcess<Object> process;

        Starting(ActorFactory<Object> factory) {
            var options = SpawnOptions.defaults().withInitDeadline(SECOND);
            process = new ActorProcess<>(still.node, options, null, factory);
            var starter =
                    new Starter<>(options, null) {
                        @Override
                        void tell(StartResult<Object> result) {
                            told.incrementAndGet();
                        }
                    };
            process.setStarter(starter);
            starter.watch(process);
            process.begin();
        }

        void ends(II_Result r) {
            still.runAll();
            r.r1 = told.get();
            r.r2 = (int) still.node.timers();
        }
    }

    /** An init is done when it is found to take long. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The start is told; nothing is set.")
    @Outcome(expect = FORBIDDEN, desc = "A deadline is left of an init that is done.")
    @State
    public static class InitVsItTakesLong {
        private final Starting starting = new Starting(context -> message -> {});

        @Actor
        public void worker() {
            starting.still.runAll();
        }

        @Actor
        public void watch() {
            starting.process.takesLong();
        }

        @Arbiter
        public void after(II_Result r) {
            starting.ends(r);
        }
    }

    /** A process is killed when its init is found to take long. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The failure is told; nothing is set.")
    @Outcome(expect = FORBIDDEN, desc = "A deadline is left of an init that has failed.")
    @State
    public static class DeathVsItTakesLong {
        private final Starting starting = new Starting(context -> message -> {});

        @Actor
        public void killer() {
            Still.kill(starting.process);
        }

        @Actor
        public void watch() {
            starting.process.takesLong();
        }

        @Arbiter
        public void after(II_Result r) {
            starting.ends(r);
        }
    }

    /** An init comes back, and holds its start, when it is found to take long. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "One deadline is set.")
    @Outcome(expect = FORBIDDEN, desc = "None is, or two are.")
    @State
    public static class HeldStartVsItTakesLong {
        private final Starting starting =
                new Starting(
                        context -> {
                            context.holdStart();
                            return message -> {};
                        });

        @Actor
        public void worker() {
            starting.still.runAll();
        }

        @Actor
        public void watch() {
            starting.process.takesLong();
        }

        @Arbiter
        public void after(II_Result r) {
            starting.ends(r);
        }
    }

    /** A process is killed when it sets a timer. */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "Nothing is set for the dead.")
    @Outcome(expect = FORBIDDEN, desc = "The timer outlives its process.")
    @State
    public static class SetVsDeath {
        private final Owner owner = new Owner();

        @Actor
        public void process() {
            try {
                owner.timers.after(SECOND, "tick");
            } catch (ProcessEnded dead) {
                // As it should be told.
            }
        }

        @Actor
        public void killer() {
            Still.kill(owner.process);
        }

        @Arbiter
        public void after(IZ_Result r) {
            r.r1 = owner.handle() + (int) owner.still.node.timers();
            r.r2 = owner.still.isAtRest();
        }
    }
}
