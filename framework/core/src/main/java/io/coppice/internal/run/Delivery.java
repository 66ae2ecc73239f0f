package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Fates.Dropped;
import io.coppice.actor.Fates.Refused;
import io.coppice.actor.MailboxFull;
import io.coppice.actor.NodeEvent.HighWater;
import io.coppice.actor.Offer;
import io.coppice.actor.Overflow;
import io.coppice.internal.mailbox.Message;
import io.coppice.internal.mailbox.Scope;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a message gets into a mailbox that does not let in everything, or is sent by a process that
 * is not let in everywhere: past the gate of the node, past that of the receiver's scope, and into
 * its room.
 *
 * <p>A sender that waits for room waits outside of both gates, and tries from the start when it is
 * woken. So it neither slips in after they have closed nor keeps whoever closes them waiting.
 */
record Delivery(LocalProcess<?> to, Message message, @Nullable LocalProcess<?> sender) {

    static final long FOR_EVER = Long.MAX_VALUE;

    /** A mailbox may fill and empty many times a second; people need not read that often. */
    private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** {@code content} for {@code to}, in the name of the process that runs here, if any. */
    static Delivery of(LocalProcess<?> to, Object content) {
        to.node.beforeAct();
        var sender = sender(to.node);
        to.node.tellSent(sender, to, requireNonNull(content, "message"));
        return new Delivery(to, new Message(content), sender);
    }

    /** The process of {@code node} that runs here, if one does. */
    static @Nullable LocalProcess<?> sender(LocalNode node) {
        var seat = Seat.mine();
        return seat == null || seat.node != node ? null : seat.occupant();
    }

    /** Whether what {@code sender} sends comes from outside. */
    static boolean isOutside(@Nullable LocalProcess<?> sender) {
        return sender == null || sender.admission != null && sender.admission.isSource();
    }

    /** Sends and forgets: what is not accepted is counted, and told to whoever listens. */
    void send() {
        var admission = to.admission;
        boolean waits = admission != null && admission.blocks();
        switch (attempt(waits ? FOR_EVER : 0)) {
            case Offer.Accepted accepted -> {}
            case Offer.Closed closed -> closed();
            case Offer.Gated gated -> gated();
            case Offer.NotOpen notOpen -> lose(Refused.NO_SUCH_NAME);
            case Offer.Full full -> overflow(full);
        }
    }

    private Refused whoIsDead() {
        return sender != null && sender.isDead() ? Refused.SENDER_DEAD : Refused.RECEIVER_DEAD;
    }

    private void closed() {
        lose(whoIsDead());
        unwindIfDeadSource(sender);
    }

    private void gated() {
        lose(Refused.GATED);
        awaitEndOfSource(to.node, sender);
    }

    /**
     * A source that goes on pulling would lose what it pulls, and one that fails would be started
     * again while all else stops. So it waits here for its end, if it is about to be stopped.
     */
    static void awaitEndOfSource(LocalNode node, @Nullable LocalProcess<?> sender) {
        if (sender == null || !isOutside(sender)) {
            return;
        }
        unwindIfDeadSource(sender);
        var around = sender.scope();
        if (node.gate().isClosed() || around != null && around.isClosed()) {
            try {
                Calls.await(node, new CompletableFuture<Void>(), FOR_EVER);
            } catch (TimeoutException | InterruptedException stopped) {
                throw Calls.interrupted(sender);
            }
        }
    }

    /**
     * A source may have been killed before it came to the gate. Sending may be all it does, and the
     * interrupt that was to tell it may be used up: it would pull for ever, and lose it all.
     */
    private static void unwindIfDeadSource(@Nullable LocalProcess<?> sender) {
        if (sender != null && isOutside(sender)) {
            sender.unwindIfDead();
        }
    }

    private void overflow(Offer.Full full) {
        var admission = requireNonNull(to.admission, "admission of a full mailbox");
        if (admission.bound() != null && admission.bound().overflow() == Overflow.DROP_NEWEST) {
            lose(Refused.FULL);
            return;
        }
        to.node.tally().refused(Refused.FULL);
        throw new MailboxFull(to.toString(), full.capacity());
    }

    private void lose(Refused why) {
        to.node.lost(message.content(), to, sender, why);
    }

    /** Sends, waits for room for {@code nanos}, and tells what became of it. */
    Offer offer(long nanos) {
        var offer = attempt(nanos);
        switch (offer) {
            case Offer.Accepted accepted -> {}
            case Offer.Closed closed -> to.node.tally().refused(whoIsDead());
            case Offer.Gated gated -> to.node.tally().refused(Refused.GATED);
            case Offer.NotOpen notOpen -> to.node.tally().refused(Refused.NO_SUCH_NAME);
            case Offer.Full full -> to.node.tally().refused(Refused.FULL);
        }
        return offer;
    }

    /** Sends a request, waiting for room where that is to be waited for, and tells likewise. */
    Offer request(long nanos) {
        var admission = to.admission;
        return offer(admission != null && admission.blocks() ? nanos : 0);
    }

    private Offer attempt(long nanos) {
        var offer = attempt();
        if (!(offer instanceof Offer.Full) || nanos <= 0) {
            return offer;
        }
        // It would wait for itself.
        return sender == to ? offer : awaitRoom(nanos);
    }

    private Offer attempt() {
        if (sender != null && sender.isDead()) {
            return new Offer.Closed(sender.reason()); // it must not take the room of the living
        }
        if (!isOutside(sender)) {
            return attemptInside();
        }
        var gate = to.node.gate();
        if (!gate.enter()) {
            return Offer.GATED;
        }
        try {
            return attemptInside();
        } finally {
            gate.leave();
        }
    }

    private Offer attemptInside() {
        if (to.isDead()) {
            return new Offer.Closed(to.reason());
        }
        var admission = to.admission;
        if (admission == null) {
            accept();
            return Offer.ACCEPTED;
        }
        return admission.newest() != null ? attemptNewest(admission) : attempt(admission);
    }

    private Offer attempt(Admission admission) {
        // The gate first: who finds it closed must not wait for room behind it.
        if (admission.scope() != null && !admission.scope().admit(scopeOfSender())) {
            return Offer.GATED;
        }
        var room = admission.room();
        if (room != null && (to.node.isDeniedRoom(to) || !room.take())) {
            admission.finished();
            return new Offer.Full(room.capacity());
        }
        accept();
        tellIfHigh(admission);
        return Offer.ACCEPTED;
    }

    private void accept() {
        to.node.tally().accepted();
        if (to.post(message, sender)) {
            to.wake();
        }
    }

    /** Always gets in; the oldest may have to go. */
    private Offer attemptNewest(Admission admission) {
        if (admission.scope() != null && !admission.scope().admit(scopeOfSender())) {
            return Offer.GATED;
        }
        to.node.tally().accepted();
        var newest = requireNonNull(admission.newest(), "newest");
        var room = requireNonNull(admission.room(), "room");
        room.takeAnyway();
        var oldest = newest.add(message, sender);
        if (oldest == null) {
            if (to.post(newest.ticket(), null)) {
                to.wake();
            }
            tellIfHigh(admission);
        } else {
            admission.pushedOut();
            if (oldest == message) {
                to.node.tally().dropped(Dropped.SENDER_ENDED);
            } else {
                to.node.lost(oldest.content(), to, null, Dropped.PUSHED_OUT);
            }
        }
        return Offer.ACCEPTED;
    }

    /** A source stands outside of every scope. */
    private @Nullable Scope scopeOfSender() {
        return sender == null || sender.admission == null || isOutside(sender)
                ? null
                : sender.admission.scope();
    }

    private void tellIfHigh(Admission admission) {
        var room = admission.room();
        var bound = admission.bound();
        if (room != null && bound != null && room.isNewlyHigh()) {
            var high = new HighWater(to, room.waiting(), bound);
            if (room.isToSay(to.node.clock().nanoTime(), SAY_EVERY_NANOS)) {
                // A log may need more of the stack than is left here.
                to.node.scheduler.schedule(() -> Reports.highWater(high));
            }
            to.node.listeners().tell(high);
        }
    }

    // Waiting for room

    private Offer awaitRoom(long nanos) {
        long start = to.node.clock().nanoTime();
        while (true) {
            var place = queueUp();
            try {
                var offer = attempt(); // there may be room by now, or no way in
                long left = nanos - (to.node.clock().nanoTime() - start);
                if (!(offer instanceof Offer.Full) || left <= 0) {
                    return offer;
                }
                Calls.await(to.node, place, left);
            } catch (TimeoutException late) {
                return attempt();
            } catch (InterruptedException interrupted) {
                throw Calls.interrupted(to);
            } finally {
                leave(place);
            }
        }
    }

    private CompletableFuture<Boolean> queueUp() {
        var admission = requireNonNull(to.admission, "admission of a full mailbox");
        var place = requireNonNull(admission.room(), "room").queueUp();
        to.node.gate().register(place);
        if (admission.scope() != null) {
            admission.scope().register(place);
        }
        return place;
    }

    private void leave(CompletableFuture<Boolean> place) {
        var admission = requireNonNull(to.admission, "admission of a full mailbox");
        if (admission.scope() != null) {
            admission.scope().unregister(place);
        }
        to.node.gate().unregister(place);
        requireNonNull(admission.room(), "room").leave(place);
    }
}
