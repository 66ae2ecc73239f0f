package io.coppice.process;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Why a process ended.
 *
 * <p>A reason is passed on unchanged through links, so the last process of a chain names the same
 * cause as the first. {@link Normal} and {@link Shutdown} are orderly; all others are abnormal.
 *
 * @see <a href="https://www.erlang.org/doc/system/ref_man_processes.html#errors">Errors, in
 *     Erlang's reference manual</a>
 */
public sealed interface ExitReason {

    /** The work is done. Ends nobody through a link, unless the process sends it to itself. */
    record Normal() implements ExitReason {
        @Override
        public String toString() {
            return "normal";
        }
    }

    /**
     * An orderly stop, asked for by a supervisor or decided by the process.
     *
     * @param detail what the stop is about, or null for a plain shutdown
     */
    record Shutdown(@Nullable Object detail) implements ExitReason {
        @Override
        public String toString() {
            return detail == null ? "shutdown" : "shutdown: " + detail;
        }
    }

    /** Ended by a kill. The signal itself cannot be trapped; news of such a death can. */
    record Killed() implements ExitReason {
        @Override
        public String toString() {
            return "killed";
        }
    }

    /** The process to which a link or a monitor was asked for did not exist. */
    record NoProcess() implements ExitReason {
        @Override
        public String toString() {
            return "no process";
        }
    }

    /** The node of the process can no longer be reached. */
    record NoConnection() implements ExitReason {
        @Override
        public String toString() {
            return "no connection";
        }
    }

    /**
     * The process threw.
     *
     * @param throwable what it threw, unwrapped
     */
    record Crashed(Throwable throwable) implements ExitReason {
        public Crashed {
            requireNonNull(throwable, "throwable");
        }

        @Override
        public String toString() {
            return "crashed: " + throwable;
        }
    }

    /**
     * A reason of the application's own.
     *
     * @param value compared with {@code equals}; best immutable
     */
    record Custom(Object value) implements ExitReason {
        public Custom {
            requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** {@link Normal}. */
    ExitReason NORMAL = new Normal();

    /** {@link Shutdown} without detail. */
    ExitReason SHUTDOWN = new Shutdown(null);

    /** {@link Killed}. */
    ExitReason KILLED = new Killed();

    /** {@link NoProcess}. */
    ExitReason NO_PROCESS = new NoProcess();

    /** {@link NoConnection}. */
    ExitReason NO_CONNECTION = new NoConnection();

    /** {@link Custom} with {@code value}. */
    static ExitReason custom(Object value) {
        return new Custom(value);
    }

    /** {@link Shutdown} with {@code detail}. */
    static ExitReason shutdown(Object detail) {
        return new Shutdown(requireNonNull(detail, "detail"));
    }

    /** {@link Crashed} by {@code throwable}. */
    static ExitReason crashed(Throwable throwable) {
        return new Crashed(throwable);
    }

    /** Whether this is neither {@link Normal} nor {@link Shutdown}. */
    default boolean isAbnormal() {
        return !(this instanceof Normal || this instanceof Shutdown);
    }
}
