package io.coppice.internal.run;

import java.util.concurrent.TimeUnit;

/**
 * Decides whether a worker that is fed from outside lets messages pile up for a moment.
 *
 * <p>A message to a process that is idle has to wake it, and then its sender and the worker write
 * to the same lines of the cache in turns: that costs several times what a further message to the
 * same process does. If the worker is just as fast as the sender, nearly every message is of that
 * kind, and both stay slow. So, as a network card does with interrupts, the worker looks away for a
 * moment when its turns have been of a few messages each. That pays if so many come meanwhile that
 * they keep it busy for as long as it has looked away. If fewer do, there may be no more until
 * those who sent them have got their answers, and those come late; so it is tried again only once
 * in a long while.
 *
 * <p>Pure: told after each round of turns what has been counted so far. For one thread.
 */
final class Coalescing {

    static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** Fewer messages a turn than this are few. */
    private static final int MANY = 16;

    /** After a round of fewer turns there is too little to gain. */
    private static final int FEWEST_TURNS = 16;

    /** It takes about as long as the pause to handle so many; so many in a round, and it paid. */
    private static final int ENOUGH = 1_000;

    /** With full trust it takes so many pauses in vain until there are no more, but for trials. */
    private static final int MOST_TRUST = 16;

    /** A pause that has paid makes up for so many in vain. */
    private static final int GAIN = 4;

    /** Without trust, one in so many rounds that might gain by a pause is a trial. */
    private static final int TRY_EVERY = 256;

    private long turnsBefore;
    private long handledBefore;

    private int trust;
    private int skipped;
    private boolean hasPaused;

    /**
     * A round has ended.
     *
     * @param turns how many turns there have been so far
     * @param handled how many messages have been handled so far
     * @return whether a pause before the next round may pay, for one that is fed from outside only
     */
    boolean look(long turns, long handled) {
        long turnsNow = turns - turnsBefore;
        long handledNow = handled - handledBefore;
        turnsBefore = turns;
        handledBefore = handled;
        if (hasPaused) {
            hasPaused = false;
            boolean hasPaid = handledNow >= ENOUGH;
            trust = hasPaid ? Math.min(MOST_TRUST, trust + GAIN) : Math.max(0, trust - 1);
        }
        return turnsNow >= FEWEST_TURNS
                && handledNow < turnsNow * MANY
                && (trust > 0 || ++skipped % TRY_EVERY == 0);
    }

    /** There is a pause before the next round, which will show whether that has paid. */
    void pauses() {
        hasPaused = true;
    }
}
