package io.coppice.internal.run;

import io.coppice.actor.MailboxBound;
import io.coppice.actor.Overflow;
import io.coppice.actor.SpawnOptions;
import io.coppice.internal.mailbox.Envelope;
import io.coppice.internal.mailbox.Newest;
import io.coppice.internal.mailbox.Room;
import io.coppice.internal.mailbox.Scope;

import org.jspecify.annotations.Nullable;

/**
 * Whom a mailbox lets in, and how many. Most processes have none: they let in everybody.
 *
 * @param scope what the process can be drained with
 * @param isDrainable whether that is its own, and not one that it was born in
 * @param bound how many messages may wait, and then?
 * @param room how many do; if there is a bound
 * @param newest where they wait, if the oldest is to make room for the newest
 * @param isSource whether the process itself stands outside when it sends
 */
record Admission(
        @Nullable Scope scope,
        boolean isDrainable,
        @Nullable MailboxBound bound,
        @Nullable Room room,
        @Nullable Newest newest,
        boolean isSource) {

    /** What a process with {@code options} lets in, or null if that is everything. */
    static @Nullable Admission of(SpawnOptions<?> options, @Nullable LocalProcess<?> parent) {
        var around = parent == null || parent.admission == null ? null : parent.admission.scope;
        var scope = options.isDrainable() ? new Scope(around) : around;
        if (scope == null && options.mailbox().isEmpty() && !options.isSource()) {
            return null;
        }
        var bound = options.mailbox().orElse(null);
        return new Admission(
                scope,
                options.isDrainable(),
                bound,
                bound == null ? null : new Room(bound.capacity(), bound.highWater()),
                bound != null && bound.overflow() == Overflow.DROP_OLDEST
                        ? new Newest(bound.capacity())
                        : null,
                options.isSource());
    }

    /** Whether a sender waits until there is room. */
    boolean blocks() {
        return bound != null && bound.overflow() == Overflow.BLOCK;
    }

    /** Something is accepted that must not be kept out. */
    void enter(Envelope envelope) {
        if (scope != null) {
            scope.enter();
        }
        if (room != null && envelope.takesRoom()) {
            room.takeAnyway();
        }
    }

    /** For the consumer: {@code envelope} waits no longer. */
    void waitsNoLonger(Envelope envelope) {
        if (room != null && envelope.takesRoom()) {
            room.free();
        }
    }

    /** What was accepted had to go for something newer. */
    void pushedOut() {
        if (room != null) {
            room.free();
        }
        finished();
    }

    /** For the consumer: an envelope has been handled or dropped. */
    void finished() {
        if (scope != null) {
            scope.leave();
        }
    }
}
