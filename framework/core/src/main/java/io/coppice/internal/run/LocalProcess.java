package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Fates.Dropped;
import io.coppice.actor.Fates.Refused;
import io.coppice.actor.Offer;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.internal.mailbox.Envelope;
import io.coppice.internal.mailbox.FromOutside;
import io.coppice.internal.mailbox.Newest;
import io.coppice.internal.mailbox.Scope;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A process of this node: how messages get into its queue, and how it starts.
 *
 * <p>One object, with the layers below: there may be a million.
 *
 * @param <M> the messages it understands
 */
abstract sealed class LocalProcess<M> extends Tied implements ActorRef<M>, Askable, Task
        permits ActorProcess, ProgramProcess {

    /** Whom its mailbox lets in; null for everybody. */
    final @Nullable Admission admission;

    /**
     * Of the thread where it ran last, or runs; others may see an older one. Null before it has
     * run.
     */
    private @Nullable Tally lastTally;

    LocalProcess(
            LocalNode node,
            SpawnOptions<M> options,
            Envelope first,
            @Nullable LocalProcess<?> parent) {
        super(node, node.nextId(), options.label(), first, parent);
        this.admission = Admission.of(options, parent);
    }

    /** The process behind {@code pid}. */
    static LocalProcess<?> of(Pid pid) {
        if (requireNonNull(pid, "pid") instanceof LocalProcess<?> process) {
            return process;
        }
        throw new IllegalArgumentException("not a pid of this runtime: " + pid);
    }

    @Override
    final LocalProcess<?> self() {
        return this;
    }

    // Messages

    @Override
    public final Pid pid() {
        return this;
    }

    @Override
    public final void send(M message) {
        var seat = Seat.mine();
        if (admission == null && seat != null && isPlain(seat.occupant())) {
            Stack.requireRoom();
            deliver(requireNonNull(message, "message"), seat);
        } else if (isFromOutside(seat)) {
            var offer = deliverFromOutside(new FromOutside(requireNonNull(message, "message")));
            if (!offer.isAccepted()) {
                node.lost(message, this, null, refusal(offer));
            }
        } else {
            Delivery.of(this, message).send();
        }
    }

    /** Whether {@code sender} may send to everybody who lets in everybody. */
    private boolean isPlain(@Nullable LocalProcess<?> sender) {
        return sender != null && sender.node == node && sender.admission == null;
    }

    /** Whether the calling thread runs no process, and this one lets in everything. */
    private boolean isFromOutside(@Nullable Seat seat) {
        return admission == null && (seat == null || seat.occupant() == null);
    }

    @Override
    public final Offer offer(M message) {
        return offer(message, 0);
    }

    @Override
    public final Offer offer(M message, Duration patience) {
        return offer(message, Calls.requireNotNegative(patience));
    }

    private Offer offer(Object message, long nanos) {
        return isFromOutside(Seat.mine())
                ? offerFromOutside(requireNonNull(message, "message"))
                : Delivery.of(this, message).offer(nanos);
    }

    /** Not as {@link FromOutside}, for whom turns are cut short: who offers or asks hears back. */
    private Offer offerFromOutside(Object message) {
        var offer = deliverFromOutside(new Envelope(message));
        if (!offer.isAccepted()) {
            node.tally().refused(refusal(offer));
        }
        return offer;
    }

    /** Why {@code offer}, made from outside, was not accepted. */
    private static Refused refusal(Offer offer) {
        return offer instanceof Offer.Gated ? Refused.GATED : Refused.RECEIVER_DEAD;
    }

    /** With room on the stack. */
    private void deliver(Object message, Seat seat) {
        if (seat.isWatched) {
            node.beforeSend(seat.occupant(), this, message);
        }
        if (isDead()) {
            node.lost(message, this, seat.occupant(), Refused.RECEIVER_DEAD);
            return;
        }
        var tally = seat.tally;
        if (lastTally != tally && lastTally != null) {
            tally.crossed();
        }
        var envelope = new Envelope(message); // first: there may be no room for it
        tally.accepted();
        if (post(envelope, seat.occupant())) {
            wake();
        }
    }

    /**
     * In nobody's name, for a mailbox that lets in everything. What is let in is counted here, a
     * refusal by the caller.
     */
    private Offer deliverFromOutside(Envelope envelope) {
        Stack.requireRoom();
        node.beforeSend(null, this, envelope.content());
        var gate = node.gate();
        if (gate.isClosed()) {
            return Offer.GATED;
        }
        if (isDead()) {
            return new Offer.Closed(reason());
        }
        gate.admit();
        if (postFromOutside(envelope, gate)) {
            wake();
        }
        boolean isLate = gate.isClosed() && envelope.content() == Envelope.GATED;
        return isLate ? Offer.GATED : Offer.ACCEPTED;
    }

    @Override
    public final <R> R call(Function<ReplyTo<R>, ? extends M> request, Duration timeout) {
        return Calls.call(this, request, timeout);
    }

    @Override
    public final void ask(PendingReply<?> pending, Object message, long nanos) {
        pending.askedOf(this);
        if (!watch(pending)) {
            pending.gone(ExitReason.NO_PROCESS);
            return;
        }
        if (pending.isSettled()) {
            unwatch(pending); // settled before it knew whom to take it back from
        }
        var offer = deliverRequest(pending, message, nanos);
        if (!(offer instanceof Offer.Accepted || offer instanceof Offer.Closed)) {
            pending.refused(offer);
        }
    }

    private Offer deliverRequest(PendingReply<?> pending, Object message, long nanos) {
        var seat = Seat.mine();
        try {
            if (admission == null && seat != null && isPlain(seat.occupant())) {
                deliver(message, seat);
                return Offer.ACCEPTED;
            }
            return isFromOutside(seat)
                    ? offerFromOutside(message)
                    : Delivery.of(this, message).request(nanos);
        } catch (Throwable thrown) {
            pending.forsake(); // whoever waited for room has been killed, for instance
            throw thrown;
        }
    }

    /** Puts {@code news} into the mailbox, in nobody's name. No bound keeps it out. */
    final void inform(Envelope news) {
        if (!isDead() && enqueue(news)) {
            wake();
        }
    }

    @Override
    final boolean enqueue(Envelope envelope) {
        node.tally().accepted();
        return put(envelope);
    }

    /** {@link #enqueue} of what has been counted. */
    final boolean put(Envelope envelope) {
        if (admission == null) {
            return post(envelope, null);
        }
        admission.enter(envelope);
        return admission.newest() == null
                ? post(envelope, null)
                : putNewest(envelope, admission, admission.newest());
    }

    private boolean putNewest(Envelope envelope, Admission admission, Newest newest) {
        if (newest.add(envelope, null) == null) {
            return post(newest.ticket(), null);
        }
        admission.pushedOut();
        node.tally().dropped(Dropped.PUSHED_OUT);
        return false;
    }

    @Override
    final void refused() {
        node.tally().refused(Refused.CALLER_DEAD);
    }

    // For the consumer

    /** The first envelope, which makes it run, is in its mailbox from birth. */
    final void beginFirst() {
        node.tally().accepted();
        if (admission != null) {
            admission.enter(head());
        }
    }

    /** For the consumer, which begins a turn. */
    final void runsAt(Seat seat) {
        if (lastTally != seat.tally) {
            lastTally = seat.tally; // others look at it: no needless write
        }
    }

    /** For the consumer: {@code envelope} has its turn. */
    final void waitsNoLonger(Envelope envelope) {
        if (admission != null) {
            admission.waitsNoLonger(envelope);
        }
    }

    /** For the consumer: a message has been handled. */
    final void handled(Tally tally) {
        tally.handled();
        if (admission != null) {
            admission.finished();
        }
    }

    /** For the consumer: a message that nobody will handle. */
    final void drop(Envelope envelope) {
        var content = envelope.content();
        if (content == Envelope.SENDER_ENDED) {
            node.tally().dropped(Dropped.SENDER_ENDED);
        } else if (content == Envelope.TAKEN_BACK) {
            node.tally().dropped(Dropped.TAKEN_BACK);
        } else if (content != Envelope.GATED) { // whoever sent that counts it
            node.lost(content, this, null, Dropped.RECEIVER_ENDED);
        }
        if (admission != null) {
            admission.finished();
        }
    }

    /** For the consumer: takes the first news from the mailbox that {@code wanted} accepts. */
    abstract boolean flush(Predicate<Object> wanted);

    /** For the consumer: takes back the first after {@code handled} that is wanted. */
    final boolean takeBackAfter(Envelope handled, Predicate<Object> wanted) {
        var newest = admission == null ? null : admission.newest();
        return newest == null ? takeBackFirst(handled, wanted) : newest.takeBackFirst(wanted);
    }

    // What its kind does

    /** Sets the newly made process going. */
    abstract void begin();

    /**
     * The process has died, perhaps in another's thread: lets go of its code, and if that may still
     * run, enters it among the zombies and interrupts it.
     */
    abstract void abandon(ExitReason reason);

    /** For the watch: the process is dead, and its code still runs. */
    abstract void interruptAgain();

    /** For others: the thread that runs its code at this moment, if one does. */
    abstract Optional<Thread> thread();

    // Its start

    /** Before anybody knows the process: it will be opened by its parent. */
    final void holdShut() {
        mark(SHUT);
    }

    /** For the process itself: what it does from now on is no part of its start. */
    void initIsDone() {}

    /** Whether {@link #startClock} is called as soon as its init takes any time to speak of. */
    abstract boolean startsClockInTime();

    /** Init takes its time, or goes on when its code has come back: from now on that is limited. */
    final void startClock() {
        if (is(INITIALISED)) {
            return;
        }
        lock();
        try {
            if (!isDead() && extras != null && extras.starter != null) {
                extras.starter.startClock();
            }
        } finally {
            unlock();
        }
    }

    /** Before anybody knows the process or, of a root, can reach it: who waits for its init. */
    final void setStarter(Starter<M> starter) {
        extras = new Extras();
        extras.starter = starter;
    }

    /**
     * Init is done. Told under the lock: news of this process's death comes after it.
     *
     * @return whether the process is open by this
     */
    final boolean started(Optional<Object> info) {
        return started(info, 0);
    }

    /** {@link #started(Optional)}, and {@code more} is marked at once. */
    final boolean started(Optional<Object> info, int more) {
        return started(info, more, () -> true);
    }

    /** {@link #started}, in the middle of a step: the opening is another, in its turn. */
    final void startedMeanwhile(Optional<Object> info) {
        if (started(info, 0, this::enqueueOpening)) {
            wake();
        }
    }

    /**
     * @param opening what is to be done before anybody can know that the process is open
     */
    private boolean started(Optional<Object> info, int more, BooleanSupplier opening) {
        initIsDone();
        if (is(INITIALISED)) {
            return false;
        }
        Starter<?> told = null;
        lock();
        try {
            if (isOver()) {
                return false; // also if it has asked for its end and caught what unwinds it
            }
            mark(INITIALISED | more);
            if (extras != null) {
                told = extras.starter;
                extras.starter = null;
                extras.startHeld = false;
                extras = extras.isEmpty() ? null : extras;
            }
            boolean opens = isOpen() && opening.getAsBoolean();
            if (told != null) {
                tellRunning(told, info);
            }
            return opens;
        } finally {
            unlock();
            if (told != null) {
                told.stopClock();
            }
        }
    }

    @SuppressWarnings("unchecked") // the starter of a process of M is one of M
    private void tellRunning(Starter<?> starter, Optional<Object> info) {
        ((Starter<M>) starter).running(this, info);
    }

    /**
     * The deadline of init has passed: kills the process, if {@code starter} still waits for it.
     */
    final void expireInit(Starter<M> starter) {
        Obituary death = null;
        lock();
        try {
            if (!isDead() && extras != null && extras.starter == starter) {
                extras.expired = true;
                death = bury(ExitReason.KILLED);
            }
        } finally {
            unlock();
        }
        if (death != null) {
            node.tally().accepted(); // or the node would seem quiet when its code is back
            death.run();
        }
    }

    // Its end

    /** Lets in nothing from outside of its scope; {@code done} when nothing is left within. */
    final void drain(Runnable done) {
        if (admission == null || !admission.isDrainable() || admission.scope() == null) {
            throw new IllegalArgumentException(this + " was not created to be drained");
        }
        node.askedToStop(this);
        admission.scope().close(done);
    }

    /** What it can be drained with, if with anything. */
    final @Nullable Scope scope() {
        return admission == null ? null : admission.scope();
    }

    /** For the process itself: whether a drain waits for what it is about. */
    boolean isAtWork() {
        return true;
    }

    /** Has {@code resource} closed when the process ends; now, if it has. */
    final void own(AutoCloseable resource) {
        if (withExtras(extras -> extras.own(resource)) == null) {
            node.closings().closeAll(this, List.of(resource));
        }
    }
}
