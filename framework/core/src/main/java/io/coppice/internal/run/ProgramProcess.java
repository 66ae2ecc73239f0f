package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Inbox;
import io.coppice.actor.Name;
import io.coppice.actor.ProcessEnded;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;
import io.coppice.internal.mailbox.Envelope;
import io.coppice.process.ExitReason;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * A process that runs on a virtual thread of its own and takes its messages when it wants them. Its
 * thread is the consumer of the mailbox as long as it lives; after that the scheduler is.
 *
 * @param <M> the messages it understands
 */
final class ProgramProcess<M> extends LocalProcess<M> implements Inbox<M> {

    /** Null when it has come back, or is not to be run any more: it may hold much. */
    private @Nullable Program<M> program;

    private final Optional<Name<M>> name;

    private volatile @Nullable Thread thread;

    /** Whether the mailbox, once idle, has been filled again: set by the sender that filled it. */
    private final AtomicBoolean filled = new AtomicBoolean();

    /** Whether the thread has come back: then whoever wakes the process must have it drained. */
    private volatile boolean gone;

    /** Whether it has taken something already. For the thread itself. */
    private boolean hasTaken;

    /** The last envelope taken out; it stays in the list until the next is. For the consumer. */
    private @Nullable Envelope taken;

    /** Whether the fate of {@link #taken} is known: dropped, or passed over. For the consumer. */
    private boolean takenIsCounted;

    /** Whether its first envelope has a fate. For the consumer. */
    private boolean firstIsCounted;

    /** Whether its first envelope is no longer work that a drain waits for. For the consumer. */
    private boolean firstIsFinished;

    /** An envelope that a selective take has opened and not wanted. */
    private record PassedOver<M>(Envelope envelope, M message) {}

    /** Whether the program has in hand what it had passed over before. For the consumer. */
    private boolean hasLateInHand;

    /** Messages that a selective take has passed over, in order. For the consumer. */
    private final List<PassedOver<M>> passedOver = new ArrayList<>(0);

    ProgramProcess(
            LocalNode node,
            SpawnOptions<M> options,
            @Nullable LocalProcess<?> parent,
            Program<M> program) {
        super(node, options, new Envelope("run"), parent);
        this.program = program;
        this.name = options.name();
    }

    @Override
    boolean startsClockInTime() {
        return false; // it runs on a thread of its own, which nobody watches
    }

    @Override
    void begin() {
        beginFirst();
        if (admission != null && admission.isSource()) {
            initIsDone(); // what comes in from outside is no work that a drain waits for
        }
        node.scheduler.start(toString(), this::live);
    }

    @Override
    void wake() {
        filled.set(true);
        var sleeper = thread;
        if (gone) {
            drainIfFilled();
        } else if (sleeper != null) {
            node.scheduler.unpark(sleeper);
        }
    }

    /**
     * The thread, ending, and a sender, waking it, may both find the mailbox filled: one drains.
     */
    private boolean drainIfFilled() {
        boolean isMine = filled.compareAndSet(true, false);
        if (isMine) {
            node.scheduler.schedule(this);
        }
        return isMine;
    }

    @Override
    void abandon(ExitReason reason) {
        if (is(DONE)) {
            return;
        }
        lock(); // see leaveMailbox
        try {
            if (!gone) {
                node.zombies.enter(this, reason);
                interruptAgain();
            }
        } finally {
            unlock();
        }
    }

    @Override
    void interruptAgain() {
        var running = thread;
        if (running != null && running != Thread.currentThread()) {
            node.scheduler.interrupt(running);
        }
    }

    @Override
    Optional<Thread> thread() {
        return gone ? Optional.empty() : Optional.ofNullable(thread);
    }

    /** The body of the thread. */
    private void live() {
        thread = Thread.currentThread();
        var seat = Seat.take(node);
        seat.occupy(this);
        taken = head();
        if (!isDead()) {
            die(runProgram());
        }
        program = null;
        seat.leave();
        countLateInHand();
        passedOver.forEach(passed -> giveUp(passed.envelope()));
        passedOver.clear();
        leaveMailbox();
    }

    private ExitReason runProgram() {
        try {
            if (name.isPresent()) {
                node.names().register(name.get().value(), this);
            }
            requireNonNull(program, "program").run(new ProcessContext<>(this), this);
            started(Optional.empty());
            var asked = stopReason();
            return asked == null ? ExitReason.NORMAL : asked;
        } catch (Throwable thrown) {
            return reasonOf(thrown);
        }
    }

    private ExitReason reasonOf(Throwable thrown) {
        var asked = stopReason();
        if (asked != null) {
            return asked;
        }
        if (!isDead()) {
            var last = taken;
            Reports.crashed(
                    this,
                    thrown,
                    last == null || !hasTaken || Envelope.isEmpty(last.content())
                            ? "run"
                            : "run, having taken " + last.content());
        }
        return ExitReason.crashed(thrown);
    }

    /**
     * The thread is about to end: what has come and what may still come is dropped by others. Until
     * that is done the code counts as not come back, so that who waits for it finds all fates.
     */
    private void leaveMailbox() {
        lock(); // a killer that holds it may be about to enter the process among the zombies
        gone = true;
        thread = null; // whoever knows the pid is not to keep it
        unlock();
        var last = taken;
        if (last == null) {
            if (!drainIfFilled()) {
                node.zombies.leave(this);
            }
            return;
        }
        countTaken();
        taken = null; // whoever knows the pid is not to keep the message
        if (goIdle(last)) {
            node.zombies.leave(this);
        } else {
            pauseAt(await(last));
            node.scheduler.schedule(this);
        }
    }

    /** After the thread's end: drops what has come. */
    @Override
    public void run() {
        var envelope = head();
        while (true) {
            giveUp(envelope);
            var next = peek(envelope);
            if (next == null) {
                if (goIdle(envelope)) {
                    node.zombies.leave(this);
                    return;
                }
                next = await(envelope);
            }
            envelope = next;
        }
    }

    // Inbox

    @Override
    public M take() throws InterruptedException {
        return take(any -> true);
    }

    @Override
    public M take(Predicate<? super M> wanted) throws InterruptedException {
        return requireNonNull(next(wanted, Long.MAX_VALUE, false), "message");
    }

    @Override
    public Optional<M> poll(Duration timeout) throws InterruptedException {
        return poll(timeout, any -> true);
    }

    @Override
    public Optional<M> poll(Duration timeout, Predicate<? super M> wanted)
            throws InterruptedException {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout + ", must not be negative");
        }
        return Optional.ofNullable(next(wanted, LocalNode.nanos(timeout), false));
    }

    @Override
    public void awaitOpened() throws InterruptedException {
        requireOwner();
        started(Optional.empty());
        countLateInHand();
        countTaken();
        while (!isOpen()) {
            node.scheduler.park(this, Long.MAX_VALUE);
            requireAliveHere();
        }
    }

    @Override
    public Optional<M> takeUntilOpened() throws InterruptedException {
        return Optional.ofNullable(next(any -> true, Long.MAX_VALUE, true));
    }

    @Override
    boolean enqueueOpening() {
        return false;
    }

    @Override
    void tellOpen() {
        var waiting = thread;
        if (waiting != null) {
            node.scheduler.unpark(waiting);
        }
    }

    private @Nullable M next(Predicate<? super M> wanted, long nanos, boolean untilOpen)
            throws InterruptedException {
        requireOwner();
        hasTaken = true;
        started(Optional.empty());
        countLateInHand();
        if (untilOpen && isOpen()) {
            return null; // even before what has been passed over
        }
        M late = amongPassedOver(wanted);
        if (late != null) {
            return late;
        }
        long start = node.clock().nanoTime();
        Envelope newest = null;
        while (taken == null || taken != newest) {
            if (newest == null && isOver(nanos, start)) {
                if (isIdle()) {
                    return null;
                }
                newest = last(); // what has arrived until now is still looked at
            }
            var envelope = await(nanos, start, untilOpen);
            if (envelope == null) {
                return null;
            }
            var content = envelope.open();
            if (Envelope.isEmpty(content)) {
                takenIsCounted = true;
                giveUp(envelope);
                continue;
            }
            M message = cast(content);
            takenIsCounted = true;
            passedOver.add(new PassedOver<>(envelope, message)); // stays so if wanted throws
            if (wanted.test(message)) {
                if (isDead()) {
                    throw new ProcessEnded(this, "has ended"); // by what news or wanted ran
                }
                passedOver.removeLast();
                takenIsCounted = false;
                waitsNoLonger(envelope);
                node.tellHandled(this, content);
                return message;
            }
        }
        return null;
    }

    private void countLateInHand() {
        if (hasLateInHand) {
            hasLateInHand = false;
            handled(node.tally());
        }
    }

    private @Nullable M amongPassedOver(Predicate<? super M> wanted) {
        var all = passedOver.iterator();
        while (all.hasNext()) {
            var passed = all.next();
            if (Envelope.isEmpty(passed.envelope().content())) {
                all.remove();
                giveUp(passed.envelope());
            } else if (wanted.test(passed.message())) {
                all.remove();
                waitsNoLonger(passed.envelope());
                hasLateInHand = true;
                node.tellHandled(this, passed.envelope().content());
                return passed.message();
            }
        }
        return null;
    }

    private boolean isOver(long nanos, long start) {
        return nanos != Long.MAX_VALUE && node.clock().nanoTime() - start >= nanos;
    }

    @SuppressWarnings("unchecked") // a mailbox of M holds what makes an M
    private M cast(Object message) {
        return (M) message;
    }

    /** Waits for the next envelope; null when the time is over, or it has been opened. */
    private @Nullable Envelope await(long nanos, long start, boolean untilOpen)
            throws InterruptedException {
        var last = taken;
        if (last != null) {
            var next = peek(last);
            if (next != null || !goIdle(last)) {
                if (untilOpen && isOpen()) {
                    return null; // what has come may have been sent after it was opened
                }
                return takeOut(last, next != null ? next : await(last));
            }
            taken = null;
            countTaken();
        }
        while (!filled.get()) {
            requireAliveHere();
            if (untilOpen && isOpen()) {
                return null;
            }
            long left = nanos == Long.MAX_VALUE ? nanos : nanos - (node.clock().nanoTime() - start);
            if (left <= 0) {
                return null;
            }
            node.scheduler.park(this, left);
        }
        requireAliveHere();
        if (untilOpen && isOpen()) {
            return null;
        }
        filled.set(false);
        takenIsCounted = false;
        taken = head();
        return taken;
    }

    private Envelope takeOut(Envelope last, Envelope next) throws InterruptedException {
        requireAliveHere();
        countTaken();
        forget(last);
        takenIsCounted = false;
        taken = next;
        return next;
    }

    /** The envelope last taken out is done with, unless its fate is another. */
    private void countTaken() {
        if (takenIsCounted) {
            return;
        }
        if (firstIsCounted) {
            handled(node.tally());
        } else {
            firstIsCounted = true;
            node.tally().handled();
            initIsDone();
        }
        takenIsCounted = true;
    }

    @Override
    boolean isAtWork() {
        boolean hasInHand = taken != null && firstIsCounted && !takenIsCounted;
        return !firstIsFinished || hasInHand || hasLateInHand;
    }

    /** An envelope that still waits is dropped. */
    private void giveUp(Envelope envelope) {
        waitsNoLonger(envelope);
        drop(envelope);
    }

    /** What it goes on doing is no work that was accepted: it may be a loop without an end. */
    @Override
    void initIsDone() {
        if (!firstIsFinished && admission != null) {
            admission.finished();
        }
        firstIsFinished = true;
    }

    private void requireOwner() throws InterruptedException {
        node.beforeAct();
        requireAliveHere();
        if (Thread.currentThread() != thread && Seat.process() != this) {
            throw new IllegalStateException(
                    "inbox of " + this + " used by another thread: " + Thread.currentThread());
        }
    }

    private void requireAliveHere() throws InterruptedException {
        boolean interrupted = Thread.interrupted(); // first: a kill marks before it interrupts
        if (isOver()) {
            throw new ProcessEnded(this, "has ended");
        }
        if (interrupted) {
            throw new InterruptedException("inbox of " + this);
        }
    }

    @Override
    boolean flush(Predicate<Object> wanted) {
        for (var passed : passedOver) {
            if (wanted.test(passed.envelope().content())) {
                passed.envelope().empty(Envelope.TAKEN_BACK);
                return true;
            }
        }
        if (taken != null) {
            return takeBackAfter(taken, wanted);
        }
        return filled.get() && flushFrom(head(), wanted);
    }

    /** The mailbox was idle when it was last looked at, and has been filled since. */
    private boolean flushFrom(Envelope first, Predicate<Object> wanted) {
        if (wanted.test(first.content())) {
            first.empty(Envelope.TAKEN_BACK);
            return true;
        }
        return takeBackAfter(first, wanted);
    }
}
