package io.coppice.internal.run;

/**
 * Room on the stack. A handler may recurse until there is none, and act at every level: it is to
 * overflow before an act of the runtime, and not in the middle of one, with a lock held or a link
 * half made.
 *
 * <p>Frames of the probe may be smaller than those of an act that is not compiled yet, hence so
 * many.
 */
final class Stack {

    private static final int ACT = 160;
    private static final int WAKE = 32;

    private Stack() {}

    /** Overflows here, where nothing has been changed yet, if an act might not get through. */
    static void requireRoom() {
        dig(ACT);
    }

    /** As {@link #requireRoom}, for waking a worker; within an act there always is that much. */
    static void requireRoomToWake() {
        dig(WAKE);
    }

    private static int dig(int frames) {
        return frames == 0 ? 0 : 1 + dig(frames - 1);
    }
}
