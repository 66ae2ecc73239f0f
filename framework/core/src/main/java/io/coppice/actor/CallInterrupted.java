package io.coppice.actor;

/** The calling thread was interrupted while it waited; its interrupt status is set again. */
public final class CallInterrupted extends CallFailure {

    private static final long serialVersionUID = 1;

    /** For the runtime. */
    public CallInterrupted(String callee) {
        super("interrupted while waiting for " + callee);
    }
}
