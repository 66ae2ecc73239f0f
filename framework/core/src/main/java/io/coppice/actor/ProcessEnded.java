package io.coppice.actor;

/**
 * Unwinds the code of a process: thrown by {@link Context#stop}, and by whatever a process does
 * through its context after a kill or an exit signal has ended it.
 *
 * <p>Do not catch it. If it is caught, the process ends all the same, after {@code stop} when the
 * handler returns.
 */
public final class ProcessEnded extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Object who;
    private final String what;

    /**
     * For the runtime. The message is put together only if somebody reads it.
     *
     * @param who the process
     * @param what what became of it, to be read after its name
     */
    public ProcessEnded(Object who, String what) {
        super(null, null, false, false);
        this.who = who;
        this.what = what;
    }

    @Override
    public String getMessage() {
        return who + " " + what;
    }
}
