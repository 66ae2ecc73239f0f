package io.coppice.internal.mailbox;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** The queue of a process: many send, one takes out, and its end says whether it is idle. */
public class MailboxStress {

    /** Two senders send two messages each to a process that is busy. */
    @JCStressTest
    @Outcome(
            id = {
                "first a b c d",
                "first a c b d",
                "first a c d b",
                "first c a b d",
                "first c a d b",
                "first c d a b"
            },
            expect = ACCEPTABLE,
            desc = "All have arrived, those of each sender in order.")
    @Outcome(expect = FORBIDDEN, desc = "A message was lost, doubled, or overtook its elder.")
    @State
    public static class SendVsSend {
        private final Box box = new Box();

        @Actor
        public void ann() {
            box.post(new Envelope("a"), null);
            box.post(new Envelope("b"), null);
        }

        @Actor
        public void bob() {
            box.post(new Envelope("c"), null);
            box.post(new Envelope("d"), null);
        }

        @Arbiter
        public void consumer(L_Result r) {
            r.r1 = box.contents();
        }
    }

    /** Two senders find a process idle. */
    @JCStressTest
    @Outcome(id = "true, false, a b", expect = ACCEPTABLE, desc = "Ann was first and wakes it.")
    @Outcome(id = "false, true, b a", expect = ACCEPTABLE, desc = "Bob was first and wakes it.")
    @Outcome(expect = FORBIDDEN, desc = "It is woken by nobody, or twice.")
    @State
    public static class SendersWake {
        private final Box box = Box.idle();

        @Actor
        public void ann(ZZL_Result r) {
            r.r1 = box.post(new Envelope("a"), null);
        }

        @Actor
        public void bob(ZZL_Result r) {
            r.r2 = box.post(new Envelope("b"), null);
        }

        @Arbiter
        public void consumer(ZZL_Result r) {
            r.r3 = box.contents();
        }
    }

    /** What is sent, unprotected by anything of its own. */
    private static final class Letter {
        int written;
    }

    /** The process goes idle while a message arrives. */
    @JCStressTest
    @Outcome(id = "true, true, 1", expect = ACCEPTABLE, desc = "It was idle: the sender wakes it.")
    @Outcome(id = "false, false, 1", expect = ACCEPTABLE, desc = "It has seen the message in time.")
    @Outcome(expect = FORBIDDEN, desc = "The message lies there unseen, or two threads handle it.")
    @State
    public static class SendVsIdle {
        private final Box box = new Box();
        private final Envelope first = box.head();

        @Actor
        public void sender(ZZI_Result r) {
            var letter = new Letter();
            letter.written = 1;
            r.r1 = box.post(new Envelope(letter), null);
            if (r.r1) {
                r.r3 += ((Letter) box.head().content()).written;
            }
        }

        @Actor
        public void consumer(ZZI_Result r) {
            var next = Mailbox.peek(first);
            if (next == null) {
                r.r2 = box.goIdle(first);
                next = r.r2 ? null : Mailbox.await(first);
            }
            if (next != null) {
                r.r3 += ((Letter) next.content()).written;
            }
        }
    }

    /** A sender is killed while it sends; whoever kills it tells the receiver afterwards. */
    @JCStressTest
    @Outcome(id = "first late news", expect = ACCEPTABLE, desc = "It was alive, and came first.")
    @Outcome(
            id = {"first emptied news", "first news emptied"},
            expect = ACCEPTABLE,
            desc = "It was dead, and is not heard.")
    @Outcome(expect = FORBIDDEN, desc = "It is heard after the news of its death.")
    @State
    public static class SendVsKillOfSender {
        private final Box box = new Box();
        private final Box sender = new Box();

        @Actor
        public void sender() {
            box.post(new Envelope("late"), sender);
        }

        @Actor
        public void killer() {
            sender.dead = true;
            box.post(new Envelope("news"), null);
        }

        @Arbiter
        public void consumer(L_Result r) {
            r.r1 = box.contents();
        }
    }

    /** The dead send, and the receiver looks at once. */
    @JCStressTest
    @Outcome(id = "nothing", expect = ACCEPTABLE, desc = "It has not come yet.")
    @Outcome(id = "emptied", expect = ACCEPTABLE, desc = "It came, and was empty.")
    @Outcome(expect = FORBIDDEN, desc = "The receiver could see what the dead had to say.")
    @State
    public static class SendOfTheDeadVsConsumer {
        private final Box box = new Box();
        private final Box sender = new Box();
        private final Envelope first = box.head();

        {
            sender.dead = true;
        }

        @Actor
        public void sender() {
            box.post(new Envelope("late"), sender);
        }

        @Actor
        public void consumer(L_Result r) {
            var next = Mailbox.peek(first);
            r.r1 = next == null ? "nothing" : Box.named(next.content());
        }
    }

    /** The process takes back a message of a kind while two are on their way. */
    @JCStressTest
    @Outcome(id = "false, first x x", expect = ACCEPTABLE, desc = "None was there yet.")
    @Outcome(id = "true, first taken-back x", expect = ACCEPTABLE, desc = "It was the elder.")
    @Outcome(expect = FORBIDDEN, desc = "It took the younger, both, or one that stayed.")
    @State
    public static class TakeBackVsSend {
        private final Box box = new Box();
        private final Envelope first = box.head();

        @Actor
        public void sender() {
            box.post(new Envelope("x"), null);
            box.post(new Envelope("x"), null);
        }

        @Actor
        public void consumer(ZL_Result r) {
            r.r1 = box.takeBackFirst(first, "x"::equals);
        }

        @Arbiter
        public void rest(ZL_Result r) {
            r.r2 = box.contents();
        }
    }
}
