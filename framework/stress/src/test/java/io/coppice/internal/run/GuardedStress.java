package io.coppice.internal.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.process.Signal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

import java.util.Optional;

/** The lock of a process, and the bits of its life. */
public class GuardedStress {

    /** Two hold the lock, one after the other. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Each saw what the other had done.")
    @Outcome(expect = FORBIDDEN, desc = "Both were inside.")
    @State
    public static class LockVsLock {
        private final ActorProcess<Object> process = new Still().actor();
        private int count;

        private void enter() {
            process.lock();
            try {
                count++;
            } finally {
                process.unlock();
            }
        }

        @Actor
        public void ann() {
            enter();
        }

        @Actor
        public void bob() {
            enter();
        }

        @Arbiter
        public void after(I_Result r) {
            r.r1 = count;
        }
    }

    /** Two bits are set at once, and one is taken away. */
    @JCStressTest
    @Outcome(id = "true, true, false", expect = ACCEPTABLE, desc = "All of it holds.")
    @Outcome(expect = FORBIDDEN, desc = "A bit was lost, or came back.")
    @State
    public static class MarkVsMark {
        private final ActorProcess<Object> process = new Still().actor();

        public MarkVsMark() {
            process.holdShut();
        }

        @Actor
        public void itself() {
            process.askToStop(ExitReason.NORMAL);
        }

        @Actor
        public void parent() {
            process.markAtLarge();
            process.receive(null, new Signal.Open());
        }

        @Arbiter
        public void after(ZZZ_Result r) {
            r.r1 = process.is(Guarded.STOPPING);
            r.r2 = process.is(Guarded.AT_LARGE);
            r.r3 = process.is(Guarded.SHUT);
        }
    }

    /** A process acts while it is killed. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "The act came before the death.")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "It was dead, and did nothing.")
    @Outcome(expect = FORBIDDEN, desc = "The dead acted, or the act was not seen by the killer.")
    @State
    public static class ActVsKill {
        private final ActorProcess<Object> process = new Still().actor();
        private int done;

        @Actor
        public void itself(ZI_Result r) {
            r.r1 = process.whileAlive(() -> done = 1);
        }

        @Actor
        public void killer(ZI_Result r) {
            Still.kill(process);
            r.r2 = done;
        }
    }

    /** Two kill, with different reasons; somebody has a monitor. */
    @JCStressTest
    @Outcome(
            id = {"KILLED, KILLED", "CRASH, CRASH"},
            expect = ACCEPTABLE,
            desc = "One death, with the reason of the first, told once.")
    @Outcome(expect = FORBIDDEN, desc = "It died twice, or for two reasons.")
    @State
    public static class ExitVsKill {
        private static final ExitReason CRASH = ExitReason.crashed(new Exception("crash"));

        private final Still still = new Still();
        private final ActorProcess<Object> process = still.actor();
        private final StringBuilder told = new StringBuilder();

        public ExitVsKill() {
            still.node.ended(process).thenAccept(reason -> told.append(named(reason)));
        }

        private static String named(ExitReason reason) {
            return reason == ExitReason.KILLED ? "KILLED" : reason == CRASH ? "CRASH" : "?";
        }

        @Actor
        public void exit() {
            LocalProcess.signal(null, process, new Signal.Exit(CRASH));
        }

        @Actor
        public void kill() {
            Still.kill(process);
        }

        @Arbiter
        public void after(LL_Result r) {
            r.r1 = told.toString();
            r.r2 = named(process.reason());
        }
    }

    /** The init of a process is done while its parent opens it. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "Init was last, and goes on opened.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The parent was last, and tells it.")
    @Outcome(expect = FORBIDDEN, desc = "It is opened by nobody, or twice.")
    @State
    public static class InitVsOpen {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.actor();
        private final long accepted = still.node.fates().accepted();

        public InitVsOpen() {
            process.holdShut();
        }

        @Actor
        public void itself(ZZ_Result r) {
            r.r1 = process.started(Optional.empty());
        }

        @Actor
        public void parent() {
            process.receive(null, new Signal.Open());
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r2 = still.node.fates().accepted() > accepted;
        }
    }

    /** An actor runs, and perhaps goes idle, while it is sent to and killed. */
    @JCStressTest
    @Outcome(
            id = "false, true",
            expect = ACCEPTABLE,
            desc = "All has a fate, all code has come back, and no interrupt was left.")
    @Outcome(
            expect = FORBIDDEN,
            desc = "It is a zombie for ever, a message has no fate, or others are interrupted.")
    @State
    public static class RunVsKill {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.idleActor(SpawnOptions.defaults());

        public RunVsKill() {
            process.send("before");
        }

        @Actor
        public void worker(ZZ_Result r) {
            r.r1 = still.workThrough();
        }

        @Actor
        public void killer() {
            Still.kill(process);
        }

        @Arbiter
        public void after(ZZ_Result r) {
            still.runAll();
            r.r2 = still.isAtRest();
        }
    }

    /** A program comes to its end while it is sent to. */
    @JCStressTest
    @Outcome(
            id = "false, true",
            expect = ACCEPTABLE,
            desc = "The message is dropped, by the thread or by who wakes in its place.")
    @Outcome(expect = FORBIDDEN, desc = "The message lies there for ever, or two threads drain.")
    @State
    public static class EndOfProgramVsSend {
        private final Still still = new Still();
        private final ProgramProcess<Object> process = still.program((context, inbox) -> {});

        @Actor
        public void thread(ZZ_Result r) {
            still.body.run();
        }

        @Actor
        public void sender() {
            process.send("late");
        }

        @Arbiter
        public void after(ZZ_Result r) {
            still.runAll();
            r.r2 = still.isAtRest();
        }
    }
}
