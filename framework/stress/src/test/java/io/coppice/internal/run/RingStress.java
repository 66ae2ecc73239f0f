package io.coppice.internal.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

import java.util.stream.IntStream;

/** The ring of a worker: it puts in, anybody takes out. */
public class RingStress {

    private static final int CAPACITY = 256;

    /** A task whose number nothing protects. */
    private static final class Numbered implements Task {
        private int number;

        Numbered(int number) {
            this.number = number;
        }

        @Override
        public void run() {}
    }

    /** Made once: a ring full of them would be a lot to make for each race. */
    private static final Task[] NUMBERED =
            IntStream.range(0, 2 * CAPACITY).mapToObj(Numbered::new).toArray(Task[]::new);

    private static int numberOf(@Nullable Task task) {
        return task instanceof Numbered numbered ? numbered.number : 0;
    }

    private static Ring ringOf(int first, int last) {
        var ring = Ring.make();
        for (int i = first; i <= last; i++) {
            ring.offer(NUMBERED[i]);
        }
        return ring;
    }

    /** The owner offers two while a thief takes one. */
    @JCStressTest
    @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "The thief came too early.")
    @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "It got the one that waited longest.")
    @Outcome(expect = FORBIDDEN, desc = "A task was lost, doubled, or overtook another.")
    @State
    public static class OfferVsSteal {
        private final Ring ring = Ring.make();

        @Actor
        public void owner() {
            ring.offer(new Numbered(1));
            ring.offer(new Numbered(2));
        }

        @Actor
        public void thief(III_Result r) {
            r.r1 = numberOf(ring.poll());
        }

        @Arbiter
        public void rest(III_Result r) {
            r.r2 = numberOf(ring.poll());
            r.r3 = numberOf(ring.poll());
        }
    }

    /** The owner and a thief take from the same two. */
    @JCStressTest
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "Each has one.")
    @Outcome(expect = FORBIDDEN, desc = "A task was lost or doubled.")
    @State
    public static class PollVsSteal {
        private final Ring ring = ringOf(1, 2);

        @Actor
        public void owner(II_Result r) {
            r.r1 = numberOf(ring.poll());
        }

        @Actor
        public void thief(II_Result r) {
            r.r2 = numberOf(ring.poll());
        }
    }

    /** The owner and a thief want the last. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "One of them has it.")
    @Outcome(expect = FORBIDDEN, desc = "It was lost or doubled.")
    @State
    public static class LastPollVsSteal {
        private final Ring ring = ringOf(1, 1);

        @Actor
        public void owner(II_Result r) {
            r.r1 = numberOf(ring.poll());
        }

        @Actor
        public void thief(II_Result r) {
            r.r2 = numberOf(ring.poll());
        }
    }

    /** The owner goes round, and overwrites the place that a thief looks at. */
    @JCStressTest
    @Outcome(
            id = {"1, 2, 3", "2, 1, 3"},
            expect = ACCEPTABLE,
            desc = "Each has one, and the next is the third.")
    @Outcome(expect = FORBIDDEN, desc = "The thief has one that is not its turn, lost or doubled.")
    @State
    public static class WrapVsSteal {
        private final Ring ring = ringOf(1, CAPACITY);

        @Actor
        public void owner(III_Result r) {
            r.r1 = numberOf(ring.poll());
            if (!ring.offer(NUMBERED[CAPACITY + 1])) {
                r.r1 = -1;
            }
        }

        @Actor
        public void thief(III_Result r) {
            r.r2 = numberOf(ring.poll());
        }

        @Arbiter
        public void rest(III_Result r) {
            r.r3 = numberOf(ring.poll());
        }
    }
}
