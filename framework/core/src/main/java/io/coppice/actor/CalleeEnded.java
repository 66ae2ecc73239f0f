package io.coppice.actor;

import io.coppice.process.ExitReason;

/** A call got no answer because the process called has ended, or was gone already. */
public final class CalleeEnded extends CallFailure {

    private static final long serialVersionUID = 1;

    private final transient ExitReason reason;

    private CalleeEnded(ExitReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** For the runtime: the process ended, or was gone already. */
    public CalleeEnded(String callee, ExitReason reason) {
        this(
                reason,
                reason instanceof ExitReason.NoProcess
                        ? callee + " had ended before it was called"
                        : callee + " ended before it answered: " + reason);
    }

    /** For the runtime: nobody had the name that was called. */
    public static CalleeEnded nobody(Name<?> name) {
        return new CalleeEnded(
                ExitReason.NO_PROCESS,
                "nobody has the name \"%s\": not started, being restarted, or misspelt"
                        .formatted(name));
    }

    /** Why the process ended; {@code NoProcess} if it was gone when it was called. */
    public ExitReason reason() {
        return reason;
    }
}
