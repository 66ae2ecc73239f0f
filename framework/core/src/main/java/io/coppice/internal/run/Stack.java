package io.coppice.internal.run;

/**
 * Room on the stack. A handler may recurse until there is none, and act at every level: it is to
 * overflow before an act of the runtime, and not in the middle of one, with a lock held or a link
 * half made.
 *
 * <p>The frames of an act that is not compiled yet are large, so those of the probe must be, too,
 * though it is compiled; and since every act pays for it, they must be few. HotSpot gives a frame
 * room for the most arguments that it ever passes on: the last call of the probe passes many, and
 * makes every frame wide. Forty of them take 4.8 kB compiled and 5.5 kB interpreted; the deepest
 * act takes 2.7 kB, interpreted.
 */
final class Stack {

    private static final int ACT = 40;
    private static final int WAKE = 12;

    private Stack() {}

    /** Overflows here, where nothing has been changed yet, if an act might not get through. */
    static void requireRoom() {
        dig(ACT);
    }

    /** As {@link #requireRoom}, for waking a worker; within an act there always is that much. */
    static void requireRoomToWake() {
        dig(WAKE);
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
