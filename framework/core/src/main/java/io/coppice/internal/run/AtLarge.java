package io.coppice.internal.run;

import io.coppice.process.Signal;
import io.coppice.spi.Scheduler;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of a node that no link may hold: the others end with those they are linked to.
 *
 * <p>Whoever stops the node must find them, and nobody else asks; but each of them comes and goes.
 * So they stand in arrays, in no order, and nobody takes the dead out one by one: every so often,
 * when one has died, some are looked at in their turn, and those that are dead are dropped. For
 * each death three are looked at, which finds more than one as soon as a third of all are dead.
 */
final class AtLarge {

    /** So many threads may add without meeting. A power of two. */
    private static final int STRIPES = 16;

    private static final int MANY_BITS = 4;
    private static final int LOOKS = 3 << MANY_BITS;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Stripe[] stripes = new Stripe[STRIPES];

    /** Whose turn it is to be looked at. Two threads may do the same one, which does no harm. */
    private int turn;

    /** The root is gone: whatever still lives, or comes to be at large, is killed. */
    private volatile boolean killing;

    AtLarge() {
        Arrays.setAll(stripes, i -> new Stripe());
    }

    /** By thread, not by process: one who makes many stores into one array. */
    private Stripe stripe() {
        return stripes[(int) Thread.currentThread().threadId() & STRIPES - 1];
    }

    /** {@code process} may have no link that would end it with the others. */
    void add(LocalProcess<?> process) {
        if (process.markAtLarge()) {
            stripe().add(process);
        }
        if (killing) {
            kill(process);
        }
    }

    private static void kill(LocalProcess<?> process) {
        LocalProcess.signal(null, process, new Signal.Kill());
    }

    /** {@code process}, one of these, has died. */
    void died(LocalProcess<?> process) {
        if (isOneInMany(process.number())) {
            dropDead();
        }
    }

    /** As good as at random, and in a simulation always the same. */
    static boolean isOneInMany(long number) {
        return number * GOLDEN >>> Long.SIZE - MANY_BITS == 0;
    }

    private void dropDead() {
        int looks = LOOKS;
        for (int rounds = 0; rounds < STRIPES && looks > 0; rounds++) {
            looks = stripes[turn].dropDead(looks);
            if (looks == Stripe.HAS_MORE) {
                return;
            }
            turn = turn + 1 & STRIPES - 1;
        }
    }

    /** Nothing may hold those who are at large, and no link ends them: kills them until none is. */
    void killAll(Scheduler scheduler) {
        killing = true;
        for (var those = living(); !those.isEmpty(); those = living()) {
            those.forEach(AtLarge::kill);
            scheduler.giveWay();
        }
    }

    /** By their numbers, so that in a simulation the order is always the same. */
    private List<LocalProcess<?>> living() {
        return Stream.of(stripes)
                .flatMap(stripe -> stripe.living().stream())
                .sorted(Comparator.comparingLong(LocalProcess::number))
                .toList();
    }

    /** Those that were added by some threads. */
    private static final class Stripe extends SpinLock {
        private static final long serialVersionUID = 1;
        private static final int LEAST = 64;
        private static final int HAS_MORE = -1;

        private transient @Nullable LocalProcess<?>[] all = new LocalProcess<?>[LEAST];
        private int size;

        /** Those before it are still to be looked at in this round; 0 between two rounds. */
        private int hand;

        void add(LocalProcess<?> process) {
            lock();
            try {
                if (size == all.length) {
                    all = Arrays.copyOf(all, 2 * size);
                }
                all[size++] = process;
            } finally {
                unlock();
            }
        }

        /**
         * Goes on with the round, or begins one.
         *
         * @param looks how many to look at, at most
         * @return how many are left at the end of the round, or {@link #HAS_MORE}
         */
        int dropDead(int looks) {
            lock();
            try {
                int left = looks;
                for (hand = hand == 0 ? size : hand; left > 0 && hand > 0; left--) {
                    hand--;
                    if (isOver(all[hand])) {
                        drop(hand);
                    }
                }
                if (hand > 0) {
                    return HAS_MORE;
                }
                shrink();
                return left;
            } finally {
                unlock();
            }
        }

        private static boolean isOver(@Nullable LocalProcess<?> process) {
            return process == null || process.is(Guarded.PROCLAIMED);
        }

        private void drop(int place) {
            int last = --size;
            if (place < last) { // or it would be a store into what is old, for nothing
                all[place] = all[last];
            }
            all[last] = null;
        }

        private void shrink() {
            if (size < all.length / 8 && all.length > LEAST) {
                all = Arrays.copyOf(all, all.length / 2);
            }
        }

        List<LocalProcess<?>> living() {
            var those = new ArrayList<LocalProcess<?>>();
            lock();
            try {
                for (int i = 0; i < size; i++) {
                    var process = all[i];
                    if (process != null && !isOver(process)) {
                        those.add(process);
                    }
                }
            } finally {
                unlock();
            }
            return those;
        }
    }
}
