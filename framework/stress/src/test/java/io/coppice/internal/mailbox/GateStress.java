package io.coppice.internal.mailbox;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The gate of a node, through which senders from outside pass. */
public class GateStress {

    private static final int KEPT_OUT = -1;

    private static int pass(Gate gate, AtomicInteger told) {
        if (!gate.enter()) {
            return KEPT_OUT;
        }
        int seen = told.get();
        gate.leave();
        return seen;
    }

    /** Two come in and leave, at the same place or at two, while it is closed. */
    @JCStressTest
    @Outcome(
            id = {"0, 0, 1", "-1, 0, 1", "0, -1, 1", "-1, -1, 1"},
            expect = ACCEPTABLE,
            desc = "Each let in and waited for, or kept out.")
    @Outcome(expect = FORBIDDEN, desc = "Told while somebody was within, not told, or told twice.")
    @State
    public static class EnterVsEnterVsClose {
        private final Gate gate = new Gate(2);
        private final AtomicInteger told = new AtomicInteger();

        @Actor
        public void first(III_Result r) {
            r.r1 = pass(gate, told);
        }

        @Actor
        public void second(III_Result r) {
            r.r2 = pass(gate, told);
        }

        @Actor
        public void closer() {
            gate.close(told::incrementAndGet);
        }

        @Arbiter
        public void after(III_Result r) {
            r.r3 = told.get();
        }
    }

    /** Two close it, while one passes: both are told, once. */
    @JCStressTest
    @Outcome(
            id = {"0, 1, 1, 0", "-1, 1, 1, 0"},
            expect = ACCEPTABLE,
            desc = "Both told, and not before the last had passed.")
    @Outcome(expect = FORBIDDEN, desc = "Told too early, not told, or told twice.")
    @State
    public static class EnterVsCloseVsClose {
        private final Gate gate = new Gate(2);
        private final AtomicInteger one = new AtomicInteger();
        private final AtomicInteger other = new AtomicInteger();

        @Actor
        public void sender(IIII_Result r) {
            if (gate.enter()) {
                r.r1 = one.get() + other.get();
                gate.leave();
            } else {
                r.r1 = KEPT_OUT;
            }
        }

        @Actor
        public void closer() {
            gate.close(one::incrementAndGet);
        }

        @Actor
        public void otherCloser() {
            gate.close(other::incrementAndGet);
        }

        @Arbiter
        public void after(IIII_Result r) {
            r.r2 = one.get();
            r.r3 = other.get();
            r.r4 = gate.enter() ? 1 : 0;
        }
    }

    /** A message is let in, and counted, while the gate is shut. */
    @JCStressTest
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "Let in: whoever shut the gate sees it.")
    @Outcome(
            id = {"0, 0, 0", "0, 1, 0"},
            expect = ACCEPTABLE,
            desc = "Kept out, and not counted.")
    @Outcome(
            id = {"0, 2, 0", "1, 2, 1"},
            expect = ACCEPTABLE,
            desc = "For a moment, with one that was turned back.")
    @Outcome(expect = FORBIDDEN, desc = "Let in, and nobody waits for it; or counted for ever.")
    @State
    public static class AdmitVsShut {
        private final Gate gate = new Gate(2);
        private final Box box = Box.idle();

        @Actor
        public void sender(III_Result r) {
            gate.admit(); // with whatever a thread does once
            gate.turnBack();
            var envelope = new FromOutside("a");
            gate.admit();
            box.postFromOutside(envelope, gate);
            r.r1 = envelope.content() == Envelope.GATED ? 0 : 1;
        }

        @Actor
        public void closer(III_Result r) {
            gate.shut();
            r.r2 = (int) gate.admitted();
        }

        @Arbiter
        public void after(III_Result r) {
            r.r3 = (int) gate.admitted();
        }
    }

    /** A sender gets in line for room behind the gate, and looks at the gate. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "It was let in, then woken.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It was kept out, and woken.")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "It was kept out, and knows.")
    @Outcome(expect = FORBIDDEN, desc = "It would wait for ever.")
    @State
    public static class RegisterVsShut {
        private final Gate gate = new Gate(2);
        private final CompletableFuture<Boolean> place = new CompletableFuture<>();

        @Actor
        public void sender(ZZ_Result r) {
            gate.register(place);
            r.r1 = gate.enter();
            if (r.r1) {
                gate.leave();
            }
        }

        @Actor
        public void closer() {
            gate.shut();
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r2 = place.isDone();
        }
    }
}
