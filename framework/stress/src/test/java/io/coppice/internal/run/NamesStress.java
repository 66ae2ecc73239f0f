package io.coppice.internal.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.coppice.actor.Fates.Dropped;
import io.coppice.actor.Fates.Refused;
import io.coppice.actor.Name;
import io.coppice.actor.SpawnOptions;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

import java.util.ArrayList;
import java.util.List;

/** Names, who has them, and what waits for who takes them next. */
public class NamesStress {

    private static final Name<Object> NAME = Name.of("name");

    private static boolean register(LocalProcess<Object> process) {
        try {
            process.node.names().register(NAME.value(), process);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /** Somebody looks up a name whose holder is killed. */
    @JCStressTest
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It was alive.")
    @Outcome(
            id = {"false, false", "true, false"},
            expect = ACCEPTABLE,
            desc = "It was dead by then, and is not found.")
    @Outcome(expect = FORBIDDEN, desc = "One that was seen to be dead is found.")
    @State
    public static class LookupVsDeath {
        private final ActorProcess<Object> process = new Still().actor();

        public LookupVsDeath() {
            register(process);
        }

        @Actor
        public void looker(ZZ_Result r) {
            r.r1 = process.isDead();
            r.r2 = process.node.names().lookup(NAME).isPresent();
        }

        @Actor
        public void killer() {
            Still.kill(process);
        }
    }

    /** A process is killed while it takes a name. */
    @JCStressTest
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Nobody has it, and it can be had.")
    @Outcome(expect = FORBIDDEN, desc = "The dead keep it.")
    @State
    public static class RegisterVsDeath {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.actor();

        @Actor
        public void process() {
            register(process);
        }

        @Actor
        public void killer() {
            Still.kill(process);
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r1 = still.node.names().lookup(NAME).isPresent();
            r.r2 = register(still.actor());
        }
    }

    /** Two processes take one name. */
    @JCStressTest
    @Outcome(id = "true, false, ann", expect = ACCEPTABLE, desc = "Ann has it.")
    @Outcome(id = "false, true, bob", expect = ACCEPTABLE, desc = "Bob has it.")
    @Outcome(expect = FORBIDDEN, desc = "Both were told that they have it, or neither.")
    @State
    public static class RegisterVsRegister {
        private final Still still = new Still();
        private final ActorProcess<Object> ann = still.actor();
        private final ActorProcess<Object> bob = still.actor();

        @Actor
        public void ann(ZZL_Result r) {
            r.r1 = register(ann);
        }

        @Actor
        public void bob(ZZL_Result r) {
            r.r2 = register(bob);
        }

        @Arbiter
        public void after(ZZL_Result r) {
            r.r3 = still.node.names().holder(NAME) == ann ? "ann" : "bob";
        }
    }

    /** The heir takes the name of one that is killed. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "It was dead, and the heir has it.")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "It lived, and had it.")
    @Outcome(expect = FORBIDDEN, desc = "The heir has lost it again by the other's death.")
    @State
    public static class TakeOverVsDeath {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.actor();
        private final ActorProcess<Object> heir = still.actor();

        public TakeOverVsDeath() {
            register(process);
        }

        @Actor
        public void heir(ZZ_Result r) {
            r.r1 = register(heir);
        }

        @Actor
        public void killer() {
            Still.kill(process);
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r2 = still.node.names().holder(NAME) == heir;
        }
    }

    /** Two messages are sent to a name, which is held, while somebody takes it. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It has both, in order.")
    @Outcome(expect = FORBIDDEN, desc = "One is left behind, or has been overtaken.")
    @State
    public static class SendVsRegister {
        private final Still still = new Still();
        private final ArrayList<Object> got = new ArrayList<>();
        private final ActorProcess<Object> taker =
                new ActorProcess<>(still.node, SpawnOptions.defaults(), null, context -> got::add);

        public SendVsRegister() {
            still.node.names().hold(NAME, 10);
            taker.begin();
        }

        @Actor
        public void sender() {
            var ref = still.node.names().ref(NAME);
            ref.send(1);
            ref.send(2);
        }

        @Actor
        public void taker() {
            register(taker);
        }

        @Arbiter
        public void after(Z_Result r) {
            still.runAll();
            r.r1 = got.equals(List.of(1, 2)) && still.isAtRest();
        }
    }

    /** A message is sent to a name, which is held, while the node gives up all names. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It was kept, and told to be lost.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "It was refused.")
    @Outcome(expect = FORBIDDEN, desc = "It waits for nobody, or has two fates.")
    @State
    public static class SendVsGivingUp {
        private final Still still = new Still();

        public SendVsGivingUp() {
            still.node.names().hold(NAME, 10);
        }

        @Actor
        public void sender() {
            still.node.names().ref(NAME).send("message");
        }

        @Actor
        public void stop() {
            still.node.names().close();
        }

        @Arbiter
        public void after(II_Result r) {
            var fates = still.node.fates();
            r.r1 = fates.dropped().get(Dropped.NEVER_CLAIMED).intValue();
            r.r2 = fates.refused().get(Refused.GATED).intValue();
            r.r2 += fates.isBalanced() ? 0 : 10;
        }
    }

    /** A process gives its name up while it is killed. */
    @JCStressTest
    @Outcome(
            id = {"true, true", "false, true"},
            expect = ACCEPTABLE,
            desc = "It gave it up, or had died: the heir has it.")
    @Outcome(expect = FORBIDDEN, desc = "Its death takes the name from the heir.")
    @State
    public static class GiveUpVsDeath {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.actor();
        private final ActorProcess<Object> heir = still.idleActor(SpawnOptions.defaults());

        public GiveUpVsDeath() {
            register(process);
        }

        @Actor
        public void heir(ZZ_Result r) {
            try {
                still.node.names().unregister(NAME);
                r.r1 = true;
            } catch (IllegalArgumentException dead) {
                r.r1 = false;
            }
            register(heir);
        }

        @Actor
        public void killer() {
            Still.kill(process);
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r2 = still.node.names().holder(NAME) == heir;
        }
    }
}
