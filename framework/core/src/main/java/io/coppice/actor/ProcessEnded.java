package io.coppice.actor;

/**
 * Unwinds the code of a process that has ended: thrown by {@link Context#stop}, and by whatever a
 * process does through its context after it was killed.
 *
 * <p>Do not catch it. If it is caught, the process has ended all the same.
 */
public final class ProcessEnded extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For the runtime. */
    public ProcessEnded(String message) {
        super(message, null, false, false);
    }
}
