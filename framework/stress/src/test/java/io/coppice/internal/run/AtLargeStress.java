package io.coppice.internal.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Those whom no link holds, and whoever stops the node. */
public class AtLargeStress {

    /** A process comes to be at large while all who are at large are killed. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It is killed.")
    @Outcome(expect = FORBIDDEN, desc = "It outlives its node.")
    @State
    public static class AddVsKillAll {
        private final Still still = new Still();
        private final AtLarge atLarge = new AtLarge();
        private final ActorProcess<Object> process = still.actor();

        @Actor
        public void spawner() {
            atLarge.add(process);
        }

        @Actor
        public void stopper() {
            atLarge.killAll(still);
        }

        @Arbiter
        public void after(Z_Result r) {
            r.r1 = process.isDead();
        }
    }

    /** A process takes its place while the dead before it are dropped. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It is still found.")
    @Outcome(expect = FORBIDDEN, desc = "It is lost, and outlives its node.")
    @State
    public static class AddVsDropDead {
        private final Still still = new Still();
        private final AtLarge atLarge = new AtLarge();
        private final ActorProcess<Object> brief = still.actor();
        private final ActorProcess<Object> process = still.actor();
        private final ActorProcess<Object> other = oneInMany(still);

        private static ActorProcess<Object> oneInMany(Still still) {
            var made = still.actor();
            while (!AtLarge.isOneInMany(made.number())) {
                made = still.actor();
            }
            return made;
        }

        @Actor
        public void spawner() {
            atLarge.add(brief);
            Still.kill(brief);
            atLarge.add(process);
        }

        @Actor
        public void other() {
            atLarge.died(other);
            atLarge.died(other);
        }

        @Arbiter
        public void after(Z_Result r) {
            atLarge.killAll(still);
            r.r1 = process.isDead();
        }
    }
}
