package io.coppice.internal.mailbox;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A mailbox that gives up the oldest message for a new one: as many tickets as messages. */
public class NewestStress {

    /** Sends as a delivery does: the message that had to go, or "ticket" if one was posted. */
    private static String send(Newest newest, Box box, String content, @Nullable Box sender) {
        var gone = newest.add(new Message(content), sender);
        if (gone != null) {
            return gone.content().toString();
        }
        box.post(newest.ticket(), null);
        return "ticket";
    }

    /** Two senders send to an empty mailbox that holds one. */
    @JCStressTest
    @Outcome(id = "ticket, a, first b", expect = ACCEPTABLE, desc = "Ann came first and had to go.")
    @Outcome(id = "b, ticket, first a", expect = ACCEPTABLE, desc = "Bob came first and had to go.")
    @Outcome(expect = FORBIDDEN, desc = "The newest went, or there is not a ticket for a message.")
    @State
    public static class AddVsAdd {
        private final Newest newest = new Newest(1);
        private final Box box = new Box();

        @Actor
        public void ann(LLL_Result r) {
            r.r1 = send(newest, box, "a", null);
        }

        @Actor
        public void bob(LLL_Result r) {
            r.r2 = send(newest, box, "b", null);
        }

        @Arbiter
        public void consumer(LLL_Result r) {
            r.r3 = box.contents();
        }
    }

    /** The process takes the only message while a new one comes. */
    @JCStressTest
    @Outcome(
            id = "ticket, old, first old new",
            expect = ACCEPTABLE,
            desc = "The old one was taken; the new one has a ticket of its own.")
    @Outcome(
            id = "old, new, first new",
            expect = ACCEPTABLE,
            desc = "The old one had to go, and its ticket is the new one's.")
    @Outcome(expect = FORBIDDEN, desc = "A message is lost untold, or its ticket is.")
    @State
    public static class AddVsTake {
        private final Newest newest = new Newest(1);
        private final Box box = new Box();
        private final Envelope ticket;

        public AddVsTake() {
            send(newest, box, "old", null);
            ticket = box.last();
        }

        @Actor
        public void sender(LLL_Result r) {
            r.r1 = send(newest, box, "new", null);
        }

        @Actor
        public void consumer(LLL_Result r) {
            r.r2 = ticket.open();
        }

        @Arbiter
        public void after(LLL_Result r) {
            r.r3 = box.contents();
        }
    }

    /** A sender is killed while it sends; whoever kills it tells the receiver afterwards. */
    @JCStressTest
    @Outcome(
            id = "ticket, first late news",
            expect = ACCEPTABLE,
            desc = "It was alive, and came first.")
    @Outcome(id = "late, first news", expect = ACCEPTABLE, desc = "It was dead, and is not heard.")
    @Outcome(expect = FORBIDDEN, desc = "It is heard after the news of its death.")
    @State
    public static class AddVsKillOfSender {
        private final Newest newest = new Newest(1);
        private final Box box = new Box();
        private final Box sender = new Box();

        @Actor
        public void sender(LL_Result r) {
            r.r1 = send(newest, box, "late", sender);
        }

        @Actor
        public void killer() {
            sender.dead = true;
            newest.add(new Envelope("news"), null);
            box.post(newest.ticket(), null);
        }

        @Arbiter
        public void consumer(LL_Result r) {
            r.r2 = box.contents();
        }
    }
}
