package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

/**
 * Something in a tree that does not do what it seems to. The tree runs all the same.
 *
 * @param at the ids from the root of the tree on, as in {@code shop/orders/inbox}
 * @param danger what can happen, with the values that lead to it
 * @param advice what to do about it
 */
public record Warning(Kind kind, String at, String danger, String advice) implements Finding {

    /** What there is to be warned of. */
    public enum Kind {
        /** A supervisor may be killed before it has stopped its children. */
        SHUTDOWN_TOO_SHORT,

        /** A supervisor is killed before a child of it that hangs in its init. */
        INIT_DEADLINE_TOO_SHORT,

        /** A child uses the name of one that is started later and restarted without it. */
        USED_BEFORE_STARTED,

        /** A child uses a name that no child of the tree has. */
        UNKNOWN_NAME,

        /** A child may fail for ever without the supervisor giving up. */
        NEVER_GIVES_UP,

        /** The supervisor gives up long before a back-off has reached its cap. */
        BACKOFF_CUT_SHORT,

        /** A child with a back-off is never restarted. */
        BACKOFF_UNUSED,

        /** Any two of any number of dynamic children bring all of them down. */
        FEW_RESTARTS_FOR_MANY,

        /** A supervisor that shuts itself down is restarted. */
        RESTARTED_AFTER_AUTO_SHUTDOWN,

        /** A supervisor is to shut itself down, but no child is significant. */
        AUTO_SHUTDOWN_UNUSED,

        /** A supervisor that gives up is gone, and nobody is told. */
        GIVES_UP_SILENTLY,

        /** A temporary child is gone after a sibling's restart. */
        TEMPORARY_FORGOTTEN,

        /** The strategy is about siblings, and there are none. */
        NO_SIBLINGS,

        /** A supervisor has nothing to supervise. */
        NO_CHILDREN,

        /** The time to stop is zero. */
        NO_TIME_TO_STOP
    }

    public Warning {
        requireNonNull(kind, "kind");
        requireNonNull(at, "at");
        requireNonNull(danger, "danger");
        requireNonNull(advice, "advice");
    }

    @Override
    public String message() {
        return at + ": " + danger + "; " + advice;
    }
}
