package io.coppice.actor;

/** A call got no answer. Unless it was refused, whether the work was done is unknown. */
public abstract sealed class CallFailure extends RuntimeException
        permits CallTimeout, CalleeEnded, CallInterrupted, CallRefused {

    private static final long serialVersionUID = 1;

    CallFailure(String message) {
        super(message);
    }
}
