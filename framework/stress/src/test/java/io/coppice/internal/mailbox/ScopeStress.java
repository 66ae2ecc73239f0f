package io.coppice.internal.mailbox;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZII_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The gate of a node, or of a process that can be drained, and the count of who is within. */
public class ScopeStress {

    /** Somebody from outside comes in and leaves while the gate is closed. */
    @JCStressTest
    @Outcome(id = "true, 0, 1", expect = ACCEPTABLE, desc = "Let in, and waited for.")
    @Outcome(id = "false, 0, 1", expect = ACCEPTABLE, desc = "Kept out.")
    @Outcome(expect = FORBIDDEN, desc = "Told while somebody was within, not told, or told twice.")
    @State
    public static class AdmitVsClose {
        private final Scope scope = new Scope(null);
        private final AtomicInteger told = new AtomicInteger();

        @Actor
        public void sender(ZII_Result r) {
            r.r1 = scope.admit(null);
            if (r.r1) {
                r.r2 = told.get();
                scope.leave();
            }
        }

        @Actor
        public void closer() {
            scope.close(told::incrementAndGet);
        }

        @Arbiter
        public void after(ZII_Result r) {
            r.r3 = told.get();
        }
    }

    /** The same through a scope that is open, in one that is closed. */
    @JCStressTest
    @Outcome(id = "true, 0, 2", expect = ACCEPTABLE, desc = "Let in, and waited for.")
    @Outcome(id = "false, 0, 2", expect = ACCEPTABLE, desc = "Kept out.")
    @Outcome(expect = FORBIDDEN, desc = "Told while somebody was within, not told, or told twice.")
    @State
    public static class AdmitVsCloseAround {
        private final Scope outer = new Scope(null);
        private final Scope inner = new Scope(outer);
        private final AtomicInteger told = new AtomicInteger();

        @Actor
        public void sender(ZII_Result r) {
            r.r1 = inner.admit(null);
            if (r.r1) {
                r.r2 = told.get();
                inner.leave();
            }
        }

        @Actor
        public void closer() {
            outer.close(told::incrementAndGet);
        }

        @Arbiter
        public void after(ZII_Result r) {
            inner.close(told::incrementAndGet); // whoever was kept out has left this one as well
            r.r3 = told.get();
        }
    }

    /** The last who is within sends on, and is done, while the gate is closed. */
    @JCStressTest
    @Outcome(
            id = "true, 0, 1",
            expect = ACCEPTABLE,
            desc = "What it sent was let in and waited for.")
    @Outcome(expect = FORBIDDEN, desc = "It was kept out, or told of the end before it was done.")
    @State
    public static class SendWithinVsClose {
        private final Scope scope = new Scope(null);
        private final AtomicInteger told = new AtomicInteger();

        public SendWithinVsClose() {
            scope.enter();
        }

        @Actor
        public void within(ZII_Result r) {
            r.r1 = scope.admit(scope);
            scope.leave();
            r.r2 = told.get();
            scope.leave();
        }

        @Actor
        public void closer() {
            scope.close(told::incrementAndGet);
        }

        @Arbiter
        public void after(ZII_Result r) {
            r.r3 = told.get();
        }
    }

    /** Two close the gate, each with somebody to be told, while nobody is within. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both are told, once.")
    @Outcome(expect = FORBIDDEN, desc = "Somebody is not told, or twice.")
    @State
    public static class CloseVsClose {
        private final Scope scope = new Scope(null);
        private final AtomicInteger annTold = new AtomicInteger();
        private final AtomicInteger bobTold = new AtomicInteger();

        @Actor
        public void ann() {
            scope.close(annTold::incrementAndGet);
        }

        @Actor
        public void bob() {
            scope.close(bobTold::incrementAndGet);
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = annTold.get();
            r.r2 = bobTold.get();
        }
    }

    /** Two who are within leave when it is closed. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The last who left has told of it.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody told of it, or both did.")
    @State
    public static class LeaveVsLeave {
        private final Scope scope = new Scope(null);
        private final AtomicInteger told = new AtomicInteger();
        private final int toldBefore;

        public LeaveVsLeave() {
            scope.enter();
            scope.enter();
            scope.close(told::incrementAndGet);
            toldBefore = told.get();
        }

        @Actor
        public void ann() {
            scope.leave();
        }

        @Actor
        public void bob() {
            scope.leave();
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = toldBefore;
            r.r2 = told.get();
        }
    }

    /** A sender gets in line and looks whether the gate is closed; meanwhile it is. */
    @JCStressTest
    @Outcome(id = "true, .*", expect = ACCEPTABLE, desc = "It saw that when it looked.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It is woken.")
    @Outcome(expect = FORBIDDEN, desc = "It waits for room behind a closed gate.")
    @State
    public static class RegisterVsShut {
        private final Scope outer = new Scope(null);
        private final Scope inner = new Scope(outer);
        private final CompletableFuture<Boolean> place = new CompletableFuture<>();

        @Actor
        public void sender(ZZ_Result r) {
            inner.register(place);
            r.r1 = inner.isClosed();
        }

        @Actor
        public void closer() {
            outer.shut();
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r2 = place.isDone();
        }
    }
}
