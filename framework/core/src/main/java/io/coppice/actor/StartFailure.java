package io.coppice.actor;

import io.coppice.process.ExitReason;

import java.time.Duration;

/** A process did not start. It is gone, and no exit signal of it reaches whoever started it. */
public abstract sealed class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String message;
    private final transient ExitReason reason;

    StartFailure(String message, ExitReason reason) {
        // Without a message of its own the constructor would ask the cause for its text, user code.
        super("", reason instanceof ExitReason.Crashed(var thrown) ? thrown : null);
        this.message = message;
        this.reason = reason;
    }

    /** Says which process, what and why. Put together only here: a reason's text is user code. */
    @Override
    public final String getMessage() {
        return message + ": " + reason;
    }

    /** Why the process ended. */
    public final ExitReason reason() {
        return reason;
    }

    /** Init threw, stopped, or was ended from outside. */
    public static final class InitFailed extends StartFailure {
        private static final long serialVersionUID = 1;

        /** For the runtime. */
        public InitFailed(String who, ExitReason reason) {
            super("init of " + who + " failed", reason);
        }
    }

    /** Init did not return in time; the process was killed. */
    public static final class InitTimeout extends StartFailure {
        private static final long serialVersionUID = 1;

        /** For the runtime. */
        public InitTimeout(String who, Duration deadline) {
            super(
                    "init of "
                            + who
                            + " took longer than "
                            + deadline
                            + " (a program is in init until its first take or started())",
                    ExitReason.KILLED);
        }
    }

    /** Init said that there is nothing to do: {@link Context#ignore()}. */
    public static final class Ignored extends StartFailure {
        private static final long serialVersionUID = 1;

        /** For the runtime. */
        public Ignored(String who) {
            super(who + " asked not to be started (ignore)", ExitReason.NORMAL);
        }
    }
}
