package io.coppice.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to go wrong in a {@link Simulation}. Processes are called by their labels, which are
 * their names where they have one; a fault meets the youngest live process of that label, and so a
 * restarted one as well. Each that strikes leaves one line in the trace, of the process that it
 * meets.
 *
 * <p>A hunt in none of whose schedules there was a process of that label fails, and says which
 * there were; unless a kill has struck in all of them, which may be why. That a fault has found its
 * process and has not struck is no error: a kill may come too late, the fifth message not at all.
 *
 * @param all in the order in which they were added
 */
public record Faults(List<Fault> all) {

    private static final Faults NONE = new Faults(List.of());

    public Faults {
        all = List.copyOf(all);
    }

    /** One thing that goes wrong. */
    public sealed interface Fault {

        /** Whom it meets. */
        String process();
    }

    /** The process is killed once, at a moment that the schedule chooses, or never. */
    public record Kill(String process) implements Fault {
        public Kill {
            requireNonNull(process, "process");
        }
    }

    /** The process is killed at {@code step} of the trace, or as soon as it lives after that. */
    public record KillAt(String process, int step) implements Fault {
        public KillAt {
            requireNonNull(process, "process");
            requireFrom(0, step, "step");
        }
    }

    /** Its init begins {@code by} later, at every start. */
    public record DelayInit(String process, Duration by) implements Fault {
        public DelayInit {
            requireNonNull(process, "process");
            requirePositive(by, "by");
        }
    }

    /**
     * It takes {@code each} until it begins with a message: an actor before it is run, a program
     * inside of the take, when the message is out of its mailbox.
     */
    public record Slow(String process, Duration each) implements Fault {
        public Slow {
            requireNonNull(process, "process");
            requirePositive(each, "each");
        }
    }

    /**
     * In the middle of its {@code message}th message, at its first act, it blocks for a while. The
     * init of an actor is its first message; what was taken back before its turn is none.
     */
    public record Block(String process, int message, Duration time) implements Fault {
        public Block {
            requireNonNull(process, "process");
            requireFrom(1, message, "message");
            requirePositive(time, "time");
        }
    }

    /**
     * The {@code message}th that would be put into its mailbox, which has a bound, finds it full,
     * though there may be room. Has no effect where the oldest makes room.
     */
    public record Full(String process, int message) implements Fault {
        public Full {
            requireNonNull(process, "process");
            requireFrom(1, message, "message");
        }
    }

    /** The {@code timer}th timer that it sets never fires. */
    public record LoseTimer(String process, int timer) implements Fault {
        public LoseTimer {
            requireNonNull(process, "process");
            requireFrom(1, timer, "timer");
        }
    }

    /** The {@code timer}th timer that it sets fires {@code by} late. */
    public record DelayTimer(String process, int timer, Duration by) implements Fault {
        public DelayTimer {
            requireNonNull(process, "process");
            requireFrom(1, timer, "timer");
            requirePositive(by, "by");
        }
    }

    private static void requireFrom(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + ": " + value + ", must not be less than " + least);
        }
    }

    private static void requirePositive(Duration value, String name) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + ", must be greater than zero");
        }
    }

    /** Nothing goes wrong. */
    public static Faults none() {
        return NONE;
    }

    /** These, and {@link Kill}. */
    public Faults kill(String process) {
        return and(new Kill(process));
    }

    /** These, and {@link KillAt}. */
    public Faults killAt(String process, int step) {
        return and(new KillAt(process, step));
    }

    /** These, and {@link DelayInit}. */
    public Faults delayInit(String process, Duration by) {
        return and(new DelayInit(process, by));
    }

    /** These, and {@link Slow}. */
    public Faults slow(String process, Duration each) {
        return and(new Slow(process, each));
    }

    /** These, and {@link Block}. */
    public Faults block(String process, int message, Duration time) {
        return and(new Block(process, message, time));
    }

    /** These, and {@link Full}. */
    public Faults full(String process, int message) {
        return and(new Full(process, message));
    }

    /** These, and {@link LoseTimer}. */
    public Faults loseTimer(String process, int timer) {
        return and(new LoseTimer(process, timer));
    }

    /** These, and {@link DelayTimer}. */
    public Faults delayTimer(String process, int timer, Duration by) {
        return and(new DelayTimer(process, timer, by));
    }

    private Faults and(Fault fault) {
        var more = new ArrayList<>(all);
        more.add(fault);
        return new Faults(more);
    }
}
