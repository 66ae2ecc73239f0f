package io.coppice.internal.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

import java.util.concurrent.CompletableFuture;

/** The dead whose code may still run, and whoever waits for the last of them. */
public class ZombiesStress {

    /** The last comes back while somebody begins to wait for that. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It is told.")
    @Outcome(expect = FORBIDDEN, desc = "It waits for nobody, for ever.")
    @State
    public static class LeaveVsWait {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.actor();
        private CompletableFuture<Void> none;

        public LeaveVsWait() {
            still.node.zombies.enter(process, ExitReason.KILLED);
        }

        @Actor
        public void worker() {
            still.node.zombies.leave(process);
        }

        @Actor
        public void waiter() {
            none = still.node.zombies.none();
        }

        @Arbiter
        public void after(Z_Result r) {
            r.r1 = none.isDone();
        }
    }

    /** One comes back while another is entered, and comes back. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "In the end nobody is left.")
    @Outcome(expect = FORBIDDEN, desc = "The count has lost somebody, or keeps one for ever.")
    @State
    public static class LeaveVsEnter {
        private final Still still = new Still();
        private final ActorProcess<Object> ann = still.actor();
        private final ActorProcess<Object> bob = still.actor();
        private final CompletableFuture<Void> before;

        public LeaveVsEnter() {
            still.node.zombies.enter(ann, ExitReason.KILLED);
            before = still.node.zombies.none();
        }

        @Actor
        public void annsWorker() {
            still.node.zombies.leave(ann);
        }

        @Actor
        public void bobsKiller() {
            still.node.zombies.enter(bob, ExitReason.KILLED);
            still.node.zombies.leave(bob);
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r1 = before.isDone();
            r.r2 = still.node.zombies.none().isDone();
        }
    }

    /** Two killers enter one process, and it comes back once. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "It was entered once.")
    @Outcome(expect = FORBIDDEN, desc = "It was entered twice, and stays for ever.")
    @State
    public static class EnterVsEnter {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.actor();

        @Actor
        public void ann() {
            still.node.zombies.enter(process, ExitReason.KILLED);
        }

        @Actor
        public void bob() {
            still.node.zombies.enter(process, ExitReason.KILLED);
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r1 = !still.node.zombies.none().isDone();
            still.node.zombies.leave(process);
            r.r2 = still.node.zombies.none().isDone();
        }
    }

    /** A process with more to do is killed when its turn ends. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "It is not waited for: all is told.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It is waited for, and all is told.")
    @Outcome(
            id = "false, false",
            expect = ACCEPTABLE,
            desc = "It is waited for: more will be told.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody waits for it, and messages have no fate.")
    @State
    public static class PauseVsKill {
        private final Still still = new Still();
        private final ActorProcess<Object> process =
                still.idleActor(SpawnOptions.<Object>defaults());

        public PauseVsKill() {
            for (int message = 0; message < 2 * still.node.batch + 2; message++) {
                process.send(message);
            }
        }

        @Actor
        public void worker() {
            process.run();
        }

        @Actor
        public void killer() {
            Still.kill(process);
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r1 = still.node.noZombies().isDone();
            r.r2 = still.node.fates().isBalanced();
        }
    }
}
