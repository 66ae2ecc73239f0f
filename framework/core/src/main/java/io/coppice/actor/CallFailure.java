package io.coppice.actor;

/** A call got no answer. Whether the work was done is unknown. */
public abstract sealed class CallFailure extends RuntimeException
        permits CallTimeout, CalleeEnded, CallInterrupted {

    private static final long serialVersionUID = 1;

    CallFailure(String message) {
        super(message);
    }
}
