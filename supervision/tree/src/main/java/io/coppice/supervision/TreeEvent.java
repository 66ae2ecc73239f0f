package io.coppice.supervision;

import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.time.Duration;

/**
 * Something that happened in a supervision tree, as the supervisor concerned sees it. What happened
 * under one supervisor is told in order. One that is killed tells nothing more; the supervisor
 * above tells of its end.
 */
public sealed interface TreeEvent {

    /** The supervisor that tells it. */
    Pid supervisor();

    /**
     * Of whom, as ids from the root: {@code shop/orders/inbox}. The children of a dynamic
     * supervisor share one.
     */
    String path();

    /** Something that happened to a child. */
    sealed interface OfChild extends TreeEvent {

        /**
         * Which start of the child it is about: 1 for the first, and never twice the same in the
         * life of one supervisor. It begins again when the supervisor itself is restarted.
         */
        int incarnation();

        /** Its id. */
        default String child() {
            return path().substring(path().lastIndexOf('/') + 1);
        }
    }

    /** A child runs: its init is done. */
    record ChildStarted(Pid supervisor, String path, int incarnation, Pid pid, Cause cause)
            implements OfChild {}

    /**
     * A child was to start and does not run: its init failed, took too long or asked to be ignored.
     *
     * @param isTriedAgain whether it was a restart that failed, which is tried again, if the
     *     supervisor does not give up
     */
    record ChildNotStarted(
            Pid supervisor,
            String path,
            int incarnation,
            StartFailure failure,
            boolean isTriedAgain,
            Cause cause)
            implements OfChild {}

    /**
     * A child ended by itself.
     *
     * @param isToRestart whether it is one that is restarted after such an end, if the supervisor
     *     does not give up
     */
    record ChildExited(
            Pid supervisor,
            String path,
            int incarnation,
            Pid pid,
            ExitReason reason,
            boolean isToRestart)
            implements OfChild {}

    /**
     * The next restart of a child, and of others with it, waits. It may be called off, by a request
     * to terminate the child or by the restart of others; then nothing more is told of it.
     *
     * @param atMost the delay before jitter shortens it
     */
    record RestartDelayed(Pid supervisor, String path, int incarnation, Duration atMost)
            implements OfChild {}

    /** A child did not stop in time, and is killed. */
    record ChildOverdue(
            Pid supervisor, String path, int incarnation, Pid pid, ShutdownMode shutdown)
            implements OfChild {}

    /**
     * A child that was to stop is gone. It may not have been told to run, if its init was cut
     * short.
     *
     * @param reason with which it ended; {@code NoProcess} if it had ended before it was asked to,
     *     and nothing had been heard of that
     */
    record ChildStopped(
            Pid supervisor, String path, int incarnation, Pid pid, ExitReason reason, Cause cause)
            implements OfChild {

        /**
         * Whether it ended otherwise than it was asked to. One that had ended before it was asked
         * did not.
         */
        public boolean isOdd() {
            return reason.isAbnormal()
                    && !ExitReason.KILLED.equals(reason)
                    && !ExitReason.NO_PROCESS.equals(reason);
        }
    }

    /** The supervisor itself runs: all its children have been started. */
    record SupervisorStarted(Pid supervisor, String path) implements TreeEvent {}

    /** The supervisor gives up: it stops its children and ends. */
    record GivingUp(Pid supervisor, String path, GaveUp why) implements TreeEvent {}

    /** The supervisor ends, with all its children stopped. */
    record SupervisorEnded(Pid supervisor, String path, ExitReason reason) implements TreeEvent {}

    /** Why a child is started or stopped. */
    sealed interface Cause {

        /** The supervisor starts. */
        record SupervisorStarts() implements Cause {}

        /** Somebody asked for it. */
        record Requested() implements Cause {}

        /**
         * A failure, of this child or of one that is restarted together with it.
         *
         * @param child who failed
         * @param reason with which it ended, or for which it did not start
         */
        record Failure(String child, ExitReason reason) implements Cause {}

        /** The supervisor ends. */
        record SupervisorEnds(ExitReason reason) implements Cause {}
    }
}
