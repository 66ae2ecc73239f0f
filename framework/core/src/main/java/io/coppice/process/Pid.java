package io.coppice.process;

import org.jspecify.annotations.Nullable;

/**
 * The identity of one process, never used again for another.
 *
 * <p>A pid stays valid after its process has ended: whatever is sent to it then is lost, a link or
 * a monitor answers {@link ExitReason.NoProcess}. Equality is identity. Only the runtime makes
 * pids; a class of your own that extends this one is refused wherever a pid is taken.
 */
public abstract class Pid {

    private final long number;
    private final String label;

    /**
     * For the runtime.
     *
     * @param number greater than zero, unique within its node
     * @param label what people call this process in logs; may be empty, need not be unique
     */
    protected Pid(long number, String label) {
        this.number = number;
        this.label = label;
    }

    /** The number of this process, unique within its node, in order of creation per thread. */
    public final long number() {
        return number;
    }

    /** What people call this process in logs, or the empty string. */
    public final String label() {
        return label;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    /** By its number, so that a set of pids has one order in all runs of a simulation. */
    @Override
    public final int hashCode() {
        return Long.hashCode(number);
    }

    /** For example {@code ledger<42>}. */
    @Override
    public final String toString() {
        return label + "<" + number + ">";
    }
}
