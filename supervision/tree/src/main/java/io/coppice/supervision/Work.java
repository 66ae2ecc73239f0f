package io.coppice.supervision;

import io.coppice.actor.ReplyTo;
import io.coppice.process.ExitReason;
import io.coppice.supervision.TreeEvent.Cause;
import io.vavr.collection.List;
import io.vavr.collection.Seq;

import java.time.Duration;

/**
 * What is left of an operation: children are stopped one after the other, then started one after
 * the other.
 *
 * @param toStop places of running children, in the order in which they are to be stopped
 * @param toStart places, in the order in which they are to be started
 */
record Work(List<Long> toStop, List<Long> toStart, Purpose purpose) {

    /** What an operation is for: what is done when it is finished, or when a start fails. */
    sealed interface Purpose {

        /** What people are told. */
        default Cause cause() {
            return switch (this) {
                case Boot() -> new Cause.SupervisorStarts();
                case Restart(var why) -> why;
                case Wait(var atMost, var jitter, var next) -> next.cost().failure();
                case Start asked -> new Cause.Requested();
                case Terminate asked -> new Cause.Requested();
                case End(var reason) -> new Cause.SupervisorEnds(reason);
            };
        }

        /** The start of the supervisor. */
        record Boot() implements Purpose {}

        /** The restart of a child, and of others with it. */
        record Restart(Cause.Failure why) implements Purpose {}

        /** A restart that has to wait, with the others stopped meanwhile. */
        record Wait(Duration atMost, double jitter, Inner.TryAgain next) implements Purpose {}

        /**
         * A request to start one child.
         *
         * @param isNew whether the child is forgotten if it does not start
         */
        record Start(ReplyTo<ChildStart<?>> replyTo, boolean isNew) implements Purpose {}

        /** A request to stop one child. */
        record Terminate(ReplyTo<Outcome> replyTo) implements Purpose {}

        /** The end of the supervisor. */
        record End(ExitReason reason) implements Purpose {}
    }

    static Work starting(Seq<Slot> slots, Purpose purpose) {
        return new Work(List.empty(), slots.map(Slot::place).toList(), purpose);
    }

    /**
     * @param slots in start order; those that run are stopped in reverse
     */
    static Work stopping(Seq<Slot> slots, Purpose purpose) {
        List<Long> lastFirst = List.empty();
        for (var slot : slots) {
            lastFirst = slot.isRunning() ? lastFirst.prepend(slot.place()) : lastFirst;
        }
        return new Work(lastFirst, List.empty(), purpose);
    }

    /** Nothing to stop or to start: for one start that is under way. */
    static Work none(Purpose purpose) {
        return new Work(List.empty(), List.empty(), purpose);
    }

    Work thenStarting(Seq<Slot> slots) {
        return new Work(toStop, slots.map(Slot::place).toList(), purpose);
    }

    Work afterStop() {
        return new Work(toStop.tail(), toStart, purpose);
    }

    Work afterStart() {
        return new Work(toStop, toStart.tail(), purpose);
    }

    /** Whether the supervisor ends with it. */
    boolean isEnd() {
        return purpose instanceof Purpose.End;
    }

    /** Nothing more is to be stopped or started. */
    Work cutShort() {
        return none(purpose);
    }
}
