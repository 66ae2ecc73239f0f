package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** How a supervisor stops a child. Whichever it is, it waits until the child is gone. */
public sealed interface ShutdownMode {

    /** By a kill. OTP: {@code brutal_kill}. */
    record Immediately() implements ShutdownMode {
        @Override
        public String toString() {
            return "immediately";
        }
    }

    /**
     * By an exit signal {@code Shutdown}, and by a kill if the child is still there after {@code
     * time}. OTP: a number of milliseconds.
     *
     * @param time zero or more; with zero the kill follows at once. A negative time is an {@link
     *     Problem.InvalidShutdown} of the child that has it
     */
    record Within(Duration time) implements ShutdownMode {
        public Within {
            requireNonNull(time, "time");
        }

        @Override
        public String toString() {
            return "within " + time;
        }
    }

    /** By an exit signal {@code Shutdown}, however long it takes. OTP: {@code infinity}. */
    record Patiently() implements ShutdownMode {
        @Override
        public String toString() {
            return "patiently";
        }
    }

    /**
     * By letting it finish what it has accepted, and all below it what they have: from then on they
     * take nothing from outside of themselves. Then by an exit signal {@code Shutdown}, and by a
     * kill if it is still there after {@code time}, counted from the beginning. What a timer may
     * bring later is not waited for.
     *
     * <p>A child that is a supervisor is killed then as well, and its children with it, in no
     * order. Only the root of a node that is not drained in time is still stopped in order.
     *
     * @param time zero or more; with zero the kill follows at once. A negative time is an {@link
     *     Problem.InvalidShutdown} of the child that has it
     */
    record Draining(Duration time) implements ShutdownMode {
        public Draining {
            requireNonNull(time, "time");
        }

        @Override
        public String toString() {
            return "draining " + time;
        }
    }

    /** {@link Immediately}. */
    static ShutdownMode immediately() {
        return new Immediately();
    }

    /** {@link Within} {@code time}. */
    static ShutdownMode within(Duration time) {
        return new Within(time);
    }

    /** {@link Patiently}. */
    static ShutdownMode patiently() {
        return new Patiently();
    }

    /** {@link Draining} for at most {@code time}. */
    static ShutdownMode draining(Duration time) {
        return new Draining(time);
    }
}
