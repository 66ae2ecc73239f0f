package io.coppice.internal.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.coppice.actor.Answer;
import io.coppice.actor.Fates.Refused;
import io.coppice.internal.mailbox.Scope;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.L_Result;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** An answer that is waited for: the reply, the death of who was asked and impatience race. */
public class PendingReplyStress {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A request, and all that is told of it. */
    private static final class Request {
        private final Still still = new Still();
        private final ActorProcess<Object> callee = still.actor();
        private final AtomicReference<String> told = new AtomicReference<>("");
        private final Scope scope = new Scope(null);
        private final AtomicInteger quiet = new AtomicInteger();
        private final PendingReply<Object> pending =
                new PendingReply<>(still.node, this::tell, scope);

        Request() {
            scope.enter(); // another who is within, and leaves when all is over
            scope.close(quiet::incrementAndGet);
        }

        private void tell(Answer<?> answer) {
            told.accumulateAndGet(answer.getClass().getSimpleName(), String::concat);
        }

        /**
         * What was told, and whether a drain is: 1 if the request was counted out once, plus ten
         * for a clock that still runs.
         */
        void report(LI_Result r) {
            r.r1 = told.get();
            boolean isEarly = quiet.get() > 0;
            scope.leave();
            r.r2 = isEarly ? -1 : quiet.get();
            r.r2 += 10 * (int) still.node.timers();
        }
    }

    /** The answer comes when patience ends. */
    @JCStressTest
    @Outcome(
            id = {"Received, 1", "TimedOut, 1"},
            expect = ACCEPTABLE,
            desc = "Whichever was first.")
    @Outcome(expect = FORBIDDEN, desc = "Nothing is told, or two things, or a drain is misled.")
    @State
    public static class ReplyVsTimeout {
        private final Request request = new Request();

        @Actor
        public void callee() {
            request.pending.send("answer");
        }

        @Actor
        public void clock() {
            request.pending.timedOut(PATIENCE);
        }

        @Arbiter
        public void after(LI_Result r) {
            request.report(r);
        }
    }

    /** The callee is killed when it answers. */
    @JCStressTest
    @Outcome(
            id = {"Received, 1", "Ended, 1"},
            expect = ACCEPTABLE,
            desc = "Whichever was first.")
    @Outcome(expect = FORBIDDEN, desc = "Nothing is told, or two things, or a drain is misled.")
    @State
    public static class ReplyVsDeath {
        private final Request request = new Request();

        public ReplyVsDeath() {
            request.callee.ask(request.pending, "question", 0);
        }

        @Actor
        public void callee() {
            request.pending.send("answer");
        }

        @Actor
        public void killer() {
            Still.kill(request.callee);
        }

        @Arbiter
        public void after(LI_Result r) {
            request.report(r);
        }
    }

    /** The callee is killed when it is asked. */
    @JCStressTest
    @Outcome(id = "Ended, 1", expect = ACCEPTABLE, desc = "Told, by the death or at once.")
    @Outcome(expect = FORBIDDEN, desc = "The caller waits for the dead, or is told twice.")
    @State
    public static class AskVsDeath {
        private final Request request = new Request();

        @Actor
        public void caller() {
            request.callee.ask(request.pending, "question", 0);
        }

        @Actor
        public void killer() {
            Still.kill(request.callee);
        }

        @Arbiter
        public void after(LI_Result r) {
            request.report(r);
        }
    }

    /** The gate is shut when somebody outside asks. */
    @JCStressTest
    @Outcome(id = "Refused 1, 1", expect = ACCEPTABLE, desc = "It was kept out, told and counted.")
    @Outcome(id = " 0, 0", expect = ACCEPTABLE, desc = "It got in, and an answer is waited for.")
    @Outcome(expect = FORBIDDEN, desc = "What was kept out is not told or counted, or left.")
    @State
    public static class AskVsGate {
        private final Request request = new Request();

        @Actor
        public void caller() {
            request.callee.ask(request.pending, "question", 0);
        }

        @Actor
        public void stop() {
            request.still.node.gate().shut();
        }

        @Arbiter
        public void after(LI_Result r) {
            request.report(r);
            request.still.runAll();
            var refused = request.still.node.fates().refused().getOrDefault(Refused.GATED, 0L);
            r.r1 += " " + refused + (request.still.isAtRest() ? "" : ", and something is left");
        }
    }

    /** A caller that looks for the answer itself gives up when it comes. */
    @JCStressTest
    @Outcome(
            id = {"Received", "TimedOut"},
            expect = ACCEPTABLE,
            desc = "Whichever was first, and it is there.")
    @Outcome(expect = FORBIDDEN, desc = "The caller has given up, and finds no answer.")
    @State
    public static class ReplyVsTimeoutOfCall {
        private final PendingReply<Object> pending =
                new PendingReply<>(new Still().node, null, null);

        @Actor
        public void callee() {
            pending.send("answer");
        }

        @Actor
        public void caller(L_Result r) {
            pending.timedOut(PATIENCE);
            var answer = pending.answer().getNow(null);
            r.r1 = answer == null ? "none" : pending.asAnswer(answer).getClass().getSimpleName();
        }
    }

    /** The callee dies when patience ends. */
    @JCStressTest
    @Outcome(
            id = {"TimedOut, 1", "Ended, 1"},
            expect = ACCEPTABLE,
            desc = "Whichever was first.")
    @Outcome(expect = FORBIDDEN, desc = "Nothing is told, or two things, or a drain is misled.")
    @State
    public static class TimeoutVsDeath {
        private final Request request = new Request();

        public TimeoutVsDeath() {
            request.callee.ask(request.pending, "question", 0);
        }

        @Actor
        public void clock() {
            request.pending.timedOut(PATIENCE);
        }

        @Actor
        public void killer() {
            Still.kill(request.callee);
        }

        @Arbiter
        public void after(LI_Result r) {
            request.report(r);
        }
    }

    /** The answer comes before the clock has been set. */
    @JCStressTest
    @Outcome(id = "Received, 1", expect = ACCEPTABLE, desc = "The clock is stopped.")
    @Outcome(expect = FORBIDDEN, desc = "The clock runs on, for nobody.")
    @State
    public static class ReplyVsClock {
        private final Request request = new Request();

        @Actor
        public void callee() {
            request.pending.send("answer");
        }

        @Actor
        public void caller() {
            request.pending.expireAfter(PATIENCE);
        }

        @Arbiter
        public void after(LI_Result r) {
            request.report(r);
        }
    }

    /** The caller gives up when the callee dies. */
    @JCStressTest
    @Outcome(id = ", 1", expect = ACCEPTABLE, desc = "It is not told.")
    @Outcome(id = "Ended, 1", expect = ACCEPTABLE, desc = "It was told before.")
    @Outcome(expect = FORBIDDEN, desc = "It is told twice, or a drain is misled.")
    @State
    public static class ForsakeVsDeath {
        private final Request request = new Request();

        public ForsakeVsDeath() {
            request.callee.ask(request.pending, "question", 0);
        }

        @Actor
        public void caller() {
            request.pending.forsake();
        }

        @Actor
        public void killer() {
            Still.kill(request.callee);
        }

        @Arbiter
        public void after(LI_Result r) {
            request.report(r);
        }
    }
}
