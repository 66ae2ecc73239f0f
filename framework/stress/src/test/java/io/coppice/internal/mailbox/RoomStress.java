package io.coppice.internal.mailbox;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

import java.util.concurrent.CompletableFuture;

/** The bound of a mailbox, and the senders that wait for room. */
public class RoomStress {

    private static Room full() {
        var room = new Room(1, 1);
        room.takeAnyway();
        return room;
    }

    /** Two senders want the last room. */
    @JCStressTest
    @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "Ann has it.")
    @Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "Bob has it.")
    @Outcome(expect = FORBIDDEN, desc = "The bound was passed, or room was refused that was there.")
    @State
    public static class TakeVsTake {
        private final Room room = new Room(1, 1);

        @Actor
        public void ann(ZZI_Result r) {
            r.r1 = room.take();
        }

        @Actor
        public void bob(ZZI_Result r) {
            r.r2 = room.take();
        }

        @Arbiter
        public void after(ZZI_Result r) {
            r.r3 = room.waiting();
        }
    }

    /** A sender wants room while some is made. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "It came after, and got it.")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "It came before.")
    @Outcome(expect = FORBIDDEN, desc = "Room was lost, or given twice.")
    @State
    public static class TakeVsFree {
        private final Room room = full();

        @Actor
        public void sender(ZI_Result r) {
            r.r1 = room.take();
        }

        @Actor
        public void consumer() {
            room.free();
        }

        @Arbiter
        public void after(ZI_Result r) {
            r.r2 = room.waiting();
        }
    }

    /** A sender gets in line, looks once more, and would wait; meanwhile room is made. */
    @JCStressTest
    @Outcome(id = "true, .*", expect = ACCEPTABLE, desc = "It saw the room when it looked again.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It is woken.")
    @Outcome(expect = FORBIDDEN, desc = "It waits though there is room: the call was lost.")
    @State
    public static class QueueUpVsFree {
        private final Room room = full();
        private CompletableFuture<Boolean> place;

        @Actor
        public void sender(ZZ_Result r) {
            place = room.queueUp();
            r.r1 = room.take();
        }

        @Actor
        public void consumer() {
            room.free();
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r2 = place.isDone();
        }
    }

    /** The first in line loses patience at the moment at which room is made. */
    @JCStressTest
    @Outcome(
            id = {"true, true", "false, true"},
            expect = ACCEPTABLE,
            desc = "The second is woken, whether the call came to the first or not.")
    @Outcome(expect = FORBIDDEN, desc = "The first took the call with it: the second waits.")
    @State
    public static class LeaveVsFree {
        private final Room room = full();
        private final CompletableFuture<Boolean> first = room.queueUp();
        private final CompletableFuture<Boolean> second = room.queueUp();

        @Actor
        public void impatient() {
            room.leave(first);
        }

        @Actor
        public void consumer() {
            room.free();
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r1 = first.isDone();
            r.r2 = second.isDone();
        }
    }

    /** A sender gets in line and looks whether the receiver lives; meanwhile it dies. */
    @JCStressTest
    @Outcome(id = "true, .*", expect = ACCEPTABLE, desc = "It saw the death when it looked.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It is woken.")
    @Outcome(expect = FORBIDDEN, desc = "It waits for room that nobody will make.")
    @State
    public static class QueueUpVsDeath {
        private final Room room = full();
        private volatile boolean dead;
        private CompletableFuture<Boolean> place;

        @Actor
        public void sender(ZZ_Result r) {
            place = room.queueUp();
            r.r1 = dead;
        }

        @Actor
        public void killer() {
            dead = true;
            room.wakeAll();
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r2 = place.isDone();
        }
    }

    /** Two senders reach the high-water mark. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One of them tells of it.")
    @Outcome(expect = FORBIDDEN, desc = "It is told twice, or not at all.")
    @State
    public static class HighVsHigh {
        private final Room room = new Room(4, 1);

        @Actor
        public void ann(ZZ_Result r) {
            room.takeAnyway();
            r.r1 = room.isNewlyHigh();
        }

        @Actor
        public void bob(ZZ_Result r) {
            room.takeAnyway();
            r.r2 = room.isNewlyHigh();
        }
    }
}
