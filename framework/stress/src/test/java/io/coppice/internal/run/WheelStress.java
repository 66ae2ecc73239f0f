package io.coppice.internal.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The alarms that are set, and the one that has the clock. */
public class WheelStress {

    private static final long LATER = Wheel.nanos(5);
    private static final long DUE = 10;

    private static int takeAll(Wheel wheel) {
        return wheel.takeDue(0, DUE).size();
    }

    /** Somebody sets an alarm while the clock falls asleep. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The clock is woken.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It does not sleep, or not as long.")
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "It is woken although it knows.")
    @Outcome(expect = FORBIDDEN, desc = "It sleeps through the alarm.")
    @State
    public static class AddVsSleep {
        private final Wheel wheel = new Wheel();

        @Actor
        public void setter(ZZ_Result r) {
            r.r1 = wheel.mustWakeFor(wheel.add(LATER, () -> {}));
        }

        @Actor
        public void clock(ZZ_Result r) {
            r.r2 = wheel.sleepAfter(1) != Wheel.NEVER;
        }
    }

    /** The same, where something else that comes later is set already, and called off. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The clock is woken.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It does not sleep, or not as long.")
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "It is woken although it knows.")
    @Outcome(expect = FORBIDDEN, desc = "It sleeps through the alarm.")
    @State
    public static class AddBeforeAnotherVsSleep {
        private final Wheel wheel = new Wheel();
        private final Wheel.Entry another = wheel.add(Wheel.nanos(9), () -> {});

        @Actor
        public void setter(ZZ_Result r) {
            r.r1 = wheel.mustWakeFor(wheel.add(LATER, () -> {}));
            another.cancel();
        }

        @Actor
        public void clock(ZZ_Result r) {
            r.r2 = wheel.sleepAfter(1) <= 6;
        }
    }

    /** Somebody sets an alarm while those of its tick are taken out. */
    @JCStressTest
    @Outcome(
            id = {"2, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "Each is taken out once.")
    @Outcome(expect = FORBIDDEN, desc = "One is lost, or rings twice.")
    @State
    public static class AddVsTake {
        private final Wheel wheel = new Wheel();

        public AddVsTake() {
            wheel.add(LATER, () -> {});
        }

        @Actor
        public void setter() {
            wheel.add(LATER, () -> {});
        }

        @Actor
        public void clock(II_Result r) {
            r.r1 = takeAll(wheel);
        }

        @Arbiter
        public void after(II_Result r) {
            r.r2 = takeAll(wheel);
        }
    }

    /** The middle one of a list is called off while all are taken out. */
    @JCStressTest
    @Outcome(
            id = {"2, 0", "3, 0"},
            expect = ACCEPTABLE,
            desc = "It was called off in time, or not.")
    @Outcome(expect = FORBIDDEN, desc = "Another is lost, or the list is torn.")
    @State
    public static class CancelVsTake {
        private final Wheel wheel = new Wheel();
        private final Wheel.Entry middle;

        public CancelVsTake() {
            wheel.add(LATER, () -> {});
            middle = wheel.add(LATER, () -> {});
            wheel.add(LATER, () -> {});
        }

        @Actor
        public void owner() {
            middle.cancel();
        }

        @Actor
        public void clock(II_Result r) {
            r.r1 = takeAll(wheel);
        }

        @Arbiter
        public void after(II_Result r) {
            r.r2 = takeAll(wheel);
        }
    }

    /** Two neighbours of a list are called off. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The third is left.")
    @Outcome(expect = FORBIDDEN, desc = "The list is torn.")
    @State
    public static class CancelVsCancel {
        private final Wheel wheel = new Wheel();
        private final Wheel.Entry ann = wheel.add(LATER, () -> {});
        private final Wheel.Entry bob = wheel.add(LATER, () -> {});

        public CancelVsCancel() {
            wheel.add(LATER, () -> {});
        }

        @Actor
        public void ann() {
            ann.cancel();
        }

        @Actor
        public void bob() {
            bob.cancel();
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = takeAll(wheel);
            r.r2 = takeAll(wheel);
        }
    }
}
