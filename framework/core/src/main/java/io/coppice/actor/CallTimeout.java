package io.coppice.actor;

import java.time.Duration;

/** A call got no answer in time. */
public final class CallTimeout extends CallFailure {

    private static final long serialVersionUID = 1;

    /** For the runtime. */
    public CallTimeout(String callee, Duration timeout) {
        super("no answer from " + callee + " within " + timeout);
    }
}
