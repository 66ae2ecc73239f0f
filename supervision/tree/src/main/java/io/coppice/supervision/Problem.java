package io.coppice.supervision;

import io.coppice.actor.Name;

import java.time.Duration;

/**
 * One contradiction in a tree or a child specification.
 *
 * <p>What OTP checks when a supervisor starts is a problem and is gathered with the others; what
 * cannot be meant in any tree, as a blank id, dies where it is written.
 */
public sealed interface Problem extends Finding {

    /** A problem of a supervisor's own options. OTP: {@code supervisor_data}. */
    sealed interface OfOptions extends Problem {}

    /** A problem of one child. OTP: {@code start_spec}, or the bare error of start_child. */
    sealed interface OfChild extends Problem {
        String child();

        /** Where the child is: its supervisor and its id. */
        @Override
        default String at() {
            return supervisor() + "/" + child();
        }
    }

    /** The id of the supervisor. */
    String supervisor();

    /** Its supervisor. */
    @Override
    default String at() {
        return supervisor();
    }

    /** The number of restarts is below zero. OTP: {@code invalid_intensity}. */
    record InvalidIntensity(String supervisor, int intensity) implements OfOptions {
        @Override
        public String message() {
            return supervisor + ": restarts " + intensity + ", must be 0 or more";
        }
    }

    /**
     * The period of restarts is not of whole seconds, one at least. OTP: {@code invalid_period}.
     */
    record InvalidPeriod(String supervisor, Duration period) implements OfOptions {
        @Override
        public String message() {
            return supervisor
                    + ": period of restarts "
                    + period
                    + ", must be of whole seconds, one at least";
        }
    }

    /**
     * A child is significant, but its supervisor never shuts itself down. OTP: {@code
     * bad_combination}, {@code auto_shutdown} and {@code never}.
     */
    record SignificantWithoutAutoShutdown(String supervisor, String child) implements OfChild {
        @Override
        public String message() {
            return at() + ": significant, but the auto-shutdown of " + supervisor + " is NEVER";
        }
    }

    /**
     * A child is significant, but never ends without being restarted. OTP: {@code bad_combination},
     * {@code restart} and {@code permanent}.
     */
    record SignificantAndPermanent(String supervisor, String child) implements OfChild {
        @Override
        public String message() {
            return at() + ": significant, but PERMANENT";
        }
    }

    /** The time to stop is below zero. OTP: {@code invalid_shutdown}. */
    record InvalidShutdown(String supervisor, String child, Duration time) implements OfChild {
        @Override
        public String message() {
            return at() + ": time to shut down " + time + ", must be zero or more";
        }
    }

    /** Two children have the same id. OTP: {@code duplicate_child_name}. */
    record DuplicateId(String supervisor, String child) implements OfChild {
        @Override
        public String message() {
            return at() + ": the id of more than one child";
        }
    }

    /** Two children of the tree have the same registered name. Not checked by OTP. */
    record DuplicateName(String supervisor, String child, Name<?> name) implements OfChild {
        @Override
        public String message() {
            return at() + ": the name \"" + name + "\" is that of another child of the tree";
        }
    }
}
