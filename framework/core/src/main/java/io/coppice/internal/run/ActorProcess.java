package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.ProcessEnded;
import io.coppice.actor.SpawnOptions;
import io.coppice.internal.mailbox.Envelope;
import io.coppice.internal.mailbox.FromOutside;
import io.coppice.process.ExitReason;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A process that runs on a worker whenever there is something in its mailbox, a batch at a time.
 *
 * @param <M> the messages it understands
 */
final class ActorProcess<M> extends LocalProcess<M> {

    /** Null before init and after death. Only the consumer calls it. */
    private @Nullable Actor<M> actor;

    ActorProcess(
            LocalNode node,
            SpawnOptions<M> options,
            @Nullable LocalProcess<?> parent,
            ActorFactory<M> factory) {
        super(node, options, new Init<>(factory, options.name()), parent);
    }

    /** The first step of every actor: its init. */
    private static final class Init<M> extends Envelope {
        final ActorFactory<M> factory;
        final Optional<Name<M>> name;

        Init(ActorFactory<M> factory, Optional<Name<M>> name) {
            super("init");
            this.factory = factory;
            this.name = name;
        }
    }

    /** The content by which the actor hears in its turn that it is open. */
    private static final Object OPENED =
            new Object() {
                @Override
                public String toString() {
                    return "opened";
                }
            };

    /**
     * Whether actors of a class do anything when they are opened. Most do not, and need no turn for
     * it.
     */
    private static final ClassValue<Boolean> HEARS_OPENING =
            new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> type) {
                    try {
                        return type.getMethod("opened").getDeclaringClass() != Actor.class;
                    } catch (NoSuchMethodException | LinkageError unknown) {
                        return true; // a signature may name a class that is not there
                    }
                }
            };

    @Override
    void begin() {
        beginFirst();
        node.scheduler.schedule(this);
    }

    @Override
    void wake() {
        node.scheduler.schedule(this);
    }

    /**
     * Most inits are over before an alarm could be set and called off for each. No other run is
     * limited.
     */
    @Override
    boolean startsClockInTime() {
        return node.scheduler.tellsWhatTakesLong();
    }

    /** Also by itself: it is about to do what nobody sees that it does. */
    @Override
    public void takesLong() {
        startClock();
    }

    @Override
    void abandon(ExitReason reason) {
        actor = null;
        if (is(DONE)) {
            return;
        }
        lock(); // see settle
        try {
            if (!isIdle()) {
                node.zombies.enter(this, reason);
                interrupt();
            }
        } finally {
            unlock();
        }
    }

    @Override
    void interruptAgain() {
        lock(); // see settle
        try {
            if (!is(DONE)) {
                interrupt();
            }
        } finally {
            unlock();
        }
    }

    /** Under the lock. */
    private void interrupt() {
        if (Seat.process() != this) {
            node.scheduler.interrupt(this);
        }
    }

    @Override
    Optional<Thread> thread() {
        return node.scheduler.threadOf(this);
    }

    @Override
    public void run() {
        var seat = Seat.at(node);
        seat.occupy(this);
        if (seat.inHand != null) {
            seat.inHand = null; // what escaped from the turn before has left it
        }
        runsAt(seat);
        var envelope = head();
        if (!(envelope instanceof FromOutside)) {
            seat.tally.fedFromWithin();
        }
        node.tellHandled(this, envelope.content());
        Envelope last = null;
        long until = 0;
        for (int left = node.batch; ; left--) {
            if (handle(envelope)) {
                handled(seat.tally);
            } else {
                drop(envelope);
            }
            var next = peek(envelope);
            if (next == null) {
                seat.inHand = null;
                seat.leave();
                if (goIdle(envelope)) {
                    settle();
                    return;
                }
                next = await(envelope);
                seat.occupy(this);
            }
            boolean isDone = envelope == last;
            forget(envelope);
            envelope = next;
            seat.inHand = envelope;
            if (left > 0 && !isDone) {
                continue;
            }
            long now = node.clock().nanoTime();
            if (last == null) {
                last = last();
                until = now + (seat.tally.isFedFromOutside(now) ? node.shortSlice : node.slice);
            }
            if ((isDone || now - until >= 0) && pausesAt(envelope, seat)) {
                return;
            }
            left = node.batch;
        }
    }

    /**
     * There is more to do, but others have their turn first. The dead do not pause: whoever waits
     * for the last of them counts on it all being told.
     *
     * @return false if it has been killed, perhaps just now
     */
    private boolean pausesAt(Envelope next, Seat seat) {
        if (isDead()) {
            return false;
        }
        pauseAt(next);
        seat.leave();
        VarHandle.fullFence(); // before looking for death, as goIdle is on the other way out
        if (isDead()) {
            seat.occupy(this);
            return false;
        }
        seat.inHand = null;
        seat.tally.yielded();
        node.scheduler.yield(this);
        return true;
    }

    /**
     * This thread is done with the process, and with all that it was sent. If it was killed
     * meanwhile, the killer may be about to enter it among the zombies and to interrupt this
     * thread, under the process's lock: waits for that, so that it is not listed for ever, and the
     * interrupt does not hit the code of the next process. If it is killed from now on, the killer
     * sees that the seat is empty; and either that it is idle, or the next run settles again. One
     * that has ended by itself is interrupted by nobody.
     */
    private void settle() {
        if (isDead() && !is(DONE)) {
            lock();
            unlock();
            node.zombies.leave(this);
            Thread.interrupted();
        }
    }

    /**
     * The call of the actor stands within the {@code try} itself: what is thrown crosses then no
     * frame between the two, each of which costs 100 ns where it is not compiled into its caller.
     *
     * @return whether there was something to handle, and a process to handle it
     */
    @SuppressWarnings("unchecked") // a mailbox of M holds what makes an M
    private boolean handle(Envelope envelope) {
        waitsNoLonger(envelope);
        if (isDead()) {
            return false;
        }
        boolean handled = true;
        try {
            if (envelope instanceof Init<?> init) {
                init((Init<M>) init);
            } else {
                var content = envelope.open();
                var receiver = actor; // looked at now: to open news runs code that may end it
                if (Envelope.isEmpty(content) || receiver == null) {
                    handled = false;
                } else if (content == OPENED) {
                    receiver.opened();
                } else {
                    receiver.receive((M) content);
                }
            }
            if (isOver()) {
                endAsAsked();
            }
        } catch (Throwable thrown) {
            failed(thrown, envelope);
        }
        return handled;
    }

    private void init(Init<M> init) throws Exception {
        if (init.name.isPresent()) {
            node.names().register(init.name.get().value(), this);
        }
        var made = requireNonNull(init.factory.create(new ProcessContext<>(this)), "actor made");
        actor = made;
        if (isOver()) {
            actor = null;
        } else if (holdsStart()) {
            startClock();
        } else {
            int deaf = HEARS_OPENING.get(made.getClass()) ? 0 : DEAF;
            if (started(Optional.empty(), deaf)) {
                made.opened();
            }
        }
    }

    @Override
    boolean enqueueOpening() {
        return !is(DEAF) && enqueue(new Envelope(OPENED));
    }

    @Override
    void tellOpen() {}

    private void endAsAsked() {
        var asked = stopReason();
        if (asked != null) {
            end(asked);
        }
    }

    /** Whatever is thrown anywhere in a handler ends here. */
    private void failed(Throwable thrown, Envelope during) {
        if (isDead()) {
            return; // killed meanwhile: this is only how its code came back
        }
        var asked = stopReason();
        if (isDead()) {
            return; // killed just now
        }
        if (asked == null) {
            Reports.crashed(this, thrown, step(during));
            end(ExitReason.crashed(thrown));
        } else {
            if (!(thrown instanceof ProcessEnded)) {
                Reports.alsoThrown(this, asked, thrown);
            }
            end(asked);
        }
    }

    private Object step(Envelope during) {
        if (actor == null) {
            return "init";
        }
        return during instanceof Init ? OPENED : during.content();
    }

    private void end(ExitReason reason) {
        var ending = actor;
        if (ending == null) {
            die(reason);
            return;
        }
        try {
            ending.stopped(reason);
            die(reason);
        } catch (ProcessEnded again) {
            die(reason);
        } catch (Throwable thrown) {
            Reports.crashed(this, thrown, "stopped");
            die(ExitReason.crashed(thrown));
        }
    }

    @Override
    boolean flush(Predicate<Object> wanted) {
        var seat = Seat.mine();
        if (seat == null || seat.occupant() != this) {
            return false;
        }
        return takeBackAfter(seat.inHand == null ? head() : seat.inHand, wanted);
    }
}
