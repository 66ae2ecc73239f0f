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

    /**
     * One turn. A message is given to the actor in here and within the {@code try} itself: what is
     * thrown crosses no frame between the two, each of which costs 100 ns where it is not compiled
     * into its caller, and whoever makes a stack trace in a handler pays for one frame less.
     */
    @Override
    @SuppressWarnings("unchecked") // a mailbox of M holds what makes an M
    public void run() {
        var seat = Seat.at(node);
        var envelope = begin(seat);
        Envelope last = null;
        long until = 0;
        for (int left = node.batch; ; left--) {
            waitsNoLonger(envelope);
            boolean isHandled = !isDead();
            if (isHandled) {
                try {
                    var content = envelope.open();
                    var receiver = actor; // looked at now: to open news may run code that ends it
                    if (receiver == null || isOurs(content)) {
                        isHandled = handle(envelope, content, receiver);
                    } else {
                        receiver.receive((M) content);
                    }
                    if (isOver()) {
                        endAsAsked();
                    }
                } catch (Throwable thrown) {
                    failed(thrown, envelope);
                }
            }
            var next = goOn(envelope, isHandled, seat);
            if (next == null) {
                return;
            }
            boolean isLast = envelope == last;
            forget(envelope);
            envelope = next;
            seat.inHand = envelope;
            if (left > 0 && !isLast) {
                continue;
            }
            long now = node.clock().nanoTime();
            if (last == null) {
                last = last();
                until = now + (seat.tally.isFedFromOutside(now) ? node.shortSlice : node.slice);
            }
            if ((isLast || now - until >= 0) && pausesAt(envelope, seat)) {
                return;
            }
            left = node.batch;
        }
    }

    /** A turn begins: this process takes {@code seat}, with what is first in its mailbox. */
    private Envelope begin(Seat seat) {
        seat.occupy(this);
        if (seat.inHand != null) {
            seat.inHand = null; // what escaped from the turn before has left it
        }
        runsAt(seat);
        var first = head();
        if (!(first instanceof FromOutside)) {
            seat.tally.fedFromWithin();
        }
        node.tellHandled(this, first.content());
        return first;
    }

    /**
     * {@code done} has had its turn, and is counted. If nothing follows, the process goes idle:
     * then it is in other hands at once.
     *
     * @return what follows, or null if the process is idle, or was
     */
    private @Nullable Envelope goOn(Envelope done, boolean isHandled, Seat seat) {
        if (isHandled) {
            handled(seat.tally);
        } else {
            drop(done);
        }
        var next = peek(done);
        if (next != null) {
            return next;
        }
        seat.inHand = null;
        seat.leave();
        if (goIdle(done)) {
            settle();
            return null;
        }
        next = await(done);
        seat.occupy(this);
        return next;
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

    /** Whether {@code content}, which an actor that is there finds, is no message of its own. */
    private static boolean isOurs(Object content) {
        return content == OPENED || Envelope.isEmpty(content);
    }

    /**
     * All that is not a message for an actor that is there: its init, before it is; what was taken
     * back, or comes when it is not any more; and that it is open.
     *
     * @return whether there was something to handle, and somebody to handle it
     */
    @SuppressWarnings("unchecked") // the init of a process of M makes an actor of M
    private boolean handle(Envelope envelope, Object content, @Nullable Actor<M> receiver)
            throws Exception {
        if (envelope instanceof Init<?> init) {
            init((Init<M>) init);
            return true;
        }
        if (receiver == null || Envelope.isEmpty(content)) {
            return false;
        }
        receiver.opened();
        return true;
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
            // Nobody opens later who is not shut; if that changes just now, a turn does nothing.
            int deaf = is(SHUT) && !HEARS_OPENING.get(made.getClass()) ? DEAF : 0;
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
