package io.coppice.internal.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.coppice.actor.Fates.Dropped;
import io.coppice.actor.MailboxBound;
import io.coppice.actor.Overflow;
import io.coppice.actor.SpawnOptions;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;
import org.openjdk.jcstress.infra.results.ZIZ_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Who gets in: past the gate, past the scope, into the room of a mailbox. */
public class DeliveryStress {

    private static SpawnOptions<Object> bounded(Overflow overflow) {
        return SpawnOptions.<Object>defaults().withMailbox(MailboxBound.bounded(1, overflow));
    }

    /** Somebody outside sends to a mailbox with a bound while the node shuts its gate. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "It got in before the gate was quiet.")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "It was kept out.")
    @Outcome(expect = FORBIDDEN, desc = "It slipped in afterwards.")
    @State
    public static class OfferVsGate {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.actor(bounded(Overflow.FAIL));
        private final long before = still.node.fates().accepted();
        private int seenWhenQuiet = -1;

        @Actor
        public void sender(ZI_Result r) {
            r.r1 = process.offer("message").isAccepted();
        }

        @Actor
        public void stop() {
            still.node
                    .gate()
                    .close(() -> seenWhenQuiet = (int) (still.node.fates().accepted() - before));
        }

        @Arbiter
        public void after(ZI_Result r) {
            r.r2 = seenWhenQuiet;
        }
    }

    /** Somebody outside offers to a mailbox that lets in everything while the gate is shut. */
    @JCStressTest
    @Outcome(id = "true, 1, 1", expect = ACCEPTABLE, desc = "It got in before the gate was quiet.")
    @Outcome(id = "false, 0, 0", expect = ACCEPTABLE, desc = "It was kept out.")
    @Outcome(
            id = "false, 1, 0",
            expect = ACCEPTABLE,
            desc = "It was kept out, and counted for a moment.")
    @Outcome(expect = FORBIDDEN, desc = "It slipped in afterwards.")
    @State
    public static class PlainOfferVsGate {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.actor();
        private final long before = still.node.fates().accepted();
        private int seenWhenQuiet = -1;

        @Actor
        public void sender(ZII_Result r) {
            r.r1 = process.offer("message").isAccepted();
        }

        @Actor
        public void stop() {
            still.node.gate().close(() -> seenWhenQuiet = accepted());
        }

        @Arbiter
        public void after(ZII_Result r) {
            r.r2 = seenWhenQuiet;
            r.r3 = accepted();
        }

        private int accepted() {
            return (int) (still.node.fates().accepted() - before);
        }
    }

    /** Somebody outside sends while the process is drained. */
    @JCStressTest
    @Outcome(
            id = "true, 0, 1",
            expect = ACCEPTABLE,
            desc = "It was accepted: the drain is done when it has been handled.")
    @Outcome(id = "false, 1, 1", expect = ACCEPTABLE, desc = "It was kept out.")
    @Outcome(expect = FORBIDDEN, desc = "The drain has forgotten a message, or told of it twice.")
    @State
    public static class OfferVsDrain {
        private final Still still = new Still();
        private final ActorProcess<Object> process =
                still.idleActor(SpawnOptions.<Object>defaults().drainable());
        private final AtomicInteger drained = new AtomicInteger();

        @Actor
        public void sender(ZII_Result r) {
            r.r1 = process.offer("message").isAccepted();
        }

        @Actor
        public void stop() {
            process.drain(drained::incrementAndGet);
        }

        @Arbiter
        public void after(ZII_Result r) {
            r.r2 = drained.get();
            still.runAll();
            r.r3 = drained.get();
        }
    }

    /** Two outside offer to a process with room for one. */
    @JCStressTest
    @Outcome(
            id = {"true, false, true", "false, true, true"},
            expect = ACCEPTABLE,
            desc = "One got in, and was handled.")
    @Outcome(expect = FORBIDDEN, desc = "The bound was passed, or room was lost.")
    @State
    public static class OfferVsOffer {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.idleActor(bounded(Overflow.FAIL));

        @Actor
        public void ann(ZZZ_Result r) {
            r.r1 = process.offer("a").isAccepted();
        }

        @Actor
        public void bob(ZZZ_Result r) {
            r.r2 = process.offer("b").isAccepted();
        }

        @Arbiter
        public void after(ZZZ_Result r) {
            still.runAll();
            r.r3 = still.isAtRest() && process.admission.room().waiting() == 0;
        }
    }

    /** Somebody offers to a process with a bound while that is killed. */
    @JCStressTest
    @Outcome(
            id = {"true, 0, true", "false, 0, true"},
            expect = ACCEPTABLE,
            desc = "It got in and was dropped, or did not: all has a fate, and no room is kept.")
    @Outcome(expect = FORBIDDEN, desc = "The message lies there for ever, or keeps its room.")
    @State
    public static class OfferVsDeath {
        private final Still still = new Still();
        private final ActorProcess<Object> process = still.idleActor(bounded(Overflow.FAIL));

        @Actor
        public void sender(ZIZ_Result r) {
            r.r1 = process.offer("message").isAccepted();
        }

        @Actor
        public void killer() {
            Still.kill(process);
        }

        @Arbiter
        public void after(ZIZ_Result r) {
            still.runAll();
            r.r2 = process.admission.room().waiting();
            r.r3 = still.isAtRest();
        }
    }

    /** Two are sent to a process that holds one and gives up the oldest, while it handles. */
    @JCStressTest
    @Outcome(
            id = {
                "true, true, before a b",
                "true, true, before b",
                "true, true, a b",
                "true, true, b"
            },
            expect = ACCEPTABLE,
            desc = "Each was handled, in order, or pushed out by a newer one; the newest never.")
    @Outcome(
            expect = FORBIDDEN,
            desc = "A message, its ticket or its room was lost, or the newest.")
    @State
    public static class PushOutVsRun {
        private final Still still = new Still();

        /** Handled by one thread at a time. */
        private final List<Object> handled = new ArrayList<>();

        private final ActorProcess<Object> process =
                still.idleActor(context -> handled::add, bounded(Overflow.DROP_OLDEST));

        public PushOutVsRun() {
            process.send("before");
        }

        @Actor
        public void sender() {
            process.send("a");
            process.send("b");
        }

        @Actor
        public void worker() {
            still.runAll();
        }

        @Arbiter
        public void after(ZZL_Result r) {
            still.runAll();
            var pushedOut = still.node.fates().dropped().getOrDefault(Dropped.PUSHED_OUT, 0L);
            r.r1 = still.isAtRest() && process.admission.room().waiting() == 0;
            r.r2 = handled.size() + pushedOut == 3;
            r.r3 = handled.stream().map(Object::toString).collect(Collectors.joining(" "));
        }
    }
}
