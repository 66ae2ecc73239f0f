package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Inbox;
import io.coppice.actor.ProcessEnded;
import io.coppice.actor.Program;
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

    private final Program<M> program;
    private final Optional<String> name;

    private volatile @Nullable Thread thread;

    /** Whether the mailbox, once idle, has been filled again: set by the sender that filled it. */
    private final AtomicBoolean filled = new AtomicBoolean();

    /** Whether the thread has come back: then whoever wakes the process must have it drained. */
    private volatile boolean gone;

    /** Whether it has taken something already. For the thread itself. */
    private boolean initialised;

    /** The last envelope taken out; it stays in the list until the next is. For the consumer. */
    private @Nullable Envelope taken;

    /** Whether the fate of {@link #taken} is known: dropped, or passed over. For the consumer. */
    private boolean takenIsCounted;

    /** An envelope that a selective take has opened and not wanted. */
    private record PassedOver<M>(Envelope envelope, M message) {}

    /** Messages that a selective take has passed over, in order. For the consumer. */
    private final List<PassedOver<M>> passedOver = new ArrayList<>(0);

    ProgramProcess(
            LocalNode node,
            long number,
            String label,
            @Nullable LocalProcess<?> parent,
            Program<M> program,
            Optional<String> name) {
        super(node, number, label, new Envelope("run"), parent);
        this.program = program;
        this.name = name;
    }

    @Override
    boolean isInInit() {
        return !initialised;
    }

    @Override
    void begin() {
        node.tally().accepted();
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
    private void drainIfFilled() {
        if (filled.compareAndSet(true, false)) {
            node.scheduler.schedule(this);
        }
    }

    @Override
    void abandon() {
        var running = thread;
        if (running != null && running != Thread.currentThread()) {
            node.scheduler.interrupt(running);
        }
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
        seat.leave();
        passedOver.forEach(passed -> drop(passed.envelope()));
        passedOver.clear();
        leaveMailbox();
    }

    private ExitReason runProgram() {
        try {
            if (name.isPresent()) {
                node.names().register(name.get(), this);
            }
            program.run(new ProcessContext<>(this), this);
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
                    last == null || !initialised ? "run" : "run, having taken " + last.content());
        }
        return ExitReason.crashed(thrown);
    }

    /** The thread is about to end: what has come and what may still come is dropped by others. */
    private void leaveMailbox() {
        gone = true;
        var last = taken;
        if (last == null) {
            drainIfFilled();
            return;
        }
        countTaken();
        taken = null; // whoever knows the pid is not to keep the message
        if (!goIdle(last)) {
            pauseAt(await(last));
            node.scheduler.schedule(this);
        }
    }

    /** After the thread's end: drops what has come. */
    @Override
    public void run() {
        var envelope = head();
        while (true) {
            drop(envelope);
            var next = peek(envelope);
            if (next == null) {
                if (goIdle(envelope)) {
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
        return requireNonNull(next(wanted, Long.MAX_VALUE), "message");
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
        return Optional.ofNullable(next(wanted, LocalNode.nanos(timeout)));
    }

    private @Nullable M next(Predicate<? super M> wanted, long nanos) throws InterruptedException {
        requireOwner();
        initialised = true;
        started(Optional.empty());
        M early = amongPassedOver(wanted);
        if (early != null) {
            return early;
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
            var envelope = await(nanos, start);
            if (envelope == null) {
                return null;
            }
            var content = envelope.open();
            if (isEmpty(content)) {
                takenIsCounted = true;
                drop(envelope);
                continue;
            }
            M message = cast(content);
            takenIsCounted = true;
            passedOver.add(new PassedOver<>(envelope, message)); // stays so if wanted throws
            if (wanted.test(message)) {
                passedOver.removeLast();
                takenIsCounted = false;
                node.tellHandled(this, content);
                return message;
            }
        }
        return null;
    }

    private @Nullable M amongPassedOver(Predicate<? super M> wanted) {
        var all = passedOver.iterator();
        while (all.hasNext()) {
            var passed = all.next();
            if (isEmpty(passed.envelope().content())) {
                all.remove();
                drop(passed.envelope());
            } else if (wanted.test(passed.message())) {
                all.remove();
                node.tally().handled();
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

    /** Waits for the next envelope; null when the time is over. */
    private @Nullable Envelope await(long nanos, long start) throws InterruptedException {
        var last = taken;
        if (last != null) {
            var next = peek(last);
            if (next != null || !goIdle(last)) {
                return takeOut(last, next != null ? next : await(last));
            }
            taken = null;
            countTaken();
        }
        while (!filled.get()) {
            requireAliveHere();
            long left = nanos == Long.MAX_VALUE ? nanos : nanos - (node.clock().nanoTime() - start);
            if (left <= 0) {
                return null;
            }
            node.scheduler.park(this, left);
        }
        requireAliveHere();
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
        if (!takenIsCounted) {
            node.tally().handled();
        }
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
            return takeBackFirst(taken, wanted);
        }
        return filled.get() && flushFrom(head(), wanted);
    }

    /** The mailbox was idle when it was last looked at, and has been filled since. */
    private boolean flushFrom(Envelope first, Predicate<Object> wanted) {
        if (wanted.test(first.content())) {
            first.empty(Envelope.TAKEN_BACK);
            return true;
        }
        return takeBackFirst(first, wanted);
    }
}
