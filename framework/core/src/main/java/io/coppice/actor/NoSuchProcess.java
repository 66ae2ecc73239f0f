package io.coppice.actor;

/** A process that had to be alive is not, or nobody has the name asked for. */
public final class NoSuchProcess extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * For the runtime.
     *
     * @param asked the pid or name that was asked for, and what for
     */
    public NoSuchProcess(String asked) {
        super(asked);
    }
}
