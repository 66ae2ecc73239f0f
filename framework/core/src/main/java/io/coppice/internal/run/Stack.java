package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.internal.link.Verdict;
import io.coppice.internal.mailbox.Mailbox;
import io.vavr.collection.HashMap;

import java.lang.invoke.MethodHandles;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Room on the stack. A handler may recurse until there is none, and act at every level: it is to
 * overflow before an act of the runtime, and not in the middle of one, with a lock held or a link
 * half made.
 *
 * <p>The frames of an act that is not compiled yet are large, so those of the probe must be, too,
 * though it is compiled; and since every act pays for it, they must be few. HotSpot gives a frame
 * room for the most arguments that it ever passes on: the last call of the probe passes many, and
 * makes every frame wide. Eighty of them take 9.6 kB compiled and 11 kB interpreted; the deepest
 * act takes less than half of that, interpreted.
 */
final class Stack {

    private static final int ACT = 80;
    private static final int WAKE = 12;

    private Stack() {}

    /**
     * A class whose initialiser overflows the stack is lost to the whole JVM for ever. So those
     * that an act may be the first to need are initialised while there is room.
     */
    static void prepare() {
        var lookup = MethodHandles.lookup();
        try {
            lookup.ensureInitialized(Mailbox.Posting.class);
            lookup.ensureInitialized(Verdict.class);
            lookup.ensureInitialized(FutureTask.class);
            lookup.ensureInitialized(ThreadLocalRandom.class);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
        requireNonNull(HashMap.of(1, 1, 2, 2).remove(1), "a map that has been worked with");
    }

    /** Overflows here, where nothing has been changed yet, if an act might not get through. */
    static void requireRoom() {
        dig(ACT);
    }

    /** As {@link #requireRoom}, for waking a worker; within an act there always is that much. */
    static void requireRoomToWake() {
        dig(WAKE);
    }

    /** Overflows: there was no room a moment ago. */
    static void overflow() {
        requireRoom();
        throw new StackOverflowError("in a send");
    }

    private static long dig(int frames) {
        return frames > 0
                ? 1 + dig(frames - 1)
                : widen(
                        2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                        0, 0, 0, 0, 0, 0);
    }

    /** Calls itself, or it would be compiled into its caller, and pass no arguments at all. */
    private static long widen(
            int calls,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            long g,
            long h,
            long i,
            long j,
            long k,
            long l,
            long m,
            long n,
            long o,
            long p,
            long q,
            long r,
            long s,
            long t,
            long u,
            long v,
            long w,
            long x,
            long y,
            long z,
            long aa,
            long bb,
            long cc,
            long dd) {
        return calls == 0
                ? 0
                : widen(
                        calls - 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                        0, 0, 0, 0, 0, 0, 0, 0);
    }
}
