package io.coppice.actor;

import io.coppice.process.ExitReason;

/** A call got no answer because the process called has ended, or was gone already. */
public final class CalleeEnded extends CallFailure {

    private static final long serialVersionUID = 1;

    private final transient ExitReason reason;

    /** For the runtime. */
    public CalleeEnded(String callee, ExitReason reason) {
        super(callee + " ended before it answered: " + reason);
        this.reason = reason;
    }

    /** Why the process ended; {@code NoProcess} if it was gone when it was called. */
    public ExitReason reason() {
        return reason;
    }
}
