package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.internal.link.Links;
import io.coppice.internal.link.Links.Link;
import io.coppice.internal.link.Verdict;
import io.coppice.internal.mailbox.Envelope;
import io.coppice.internal.mailbox.News;
import io.coppice.internal.table.Table;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;
import io.coppice.process.Signal;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Function;

/**
 * What ties a process to others, and what each signal does to it.
 *
 * <p>Signals other than messages take effect in the thread that sends them, under the receiver's
 * lock, whatever the receiver is doing: that is how an exit ends a process that computes or blocks.
 * Replies and the news of a death are sent after the lock is released.
 *
 * <p>A signal counts only if its sender is alive at the instant at which it takes effect. So
 * nothing that a killed process still does can come after the news of its death.
 */
abstract sealed class Signalled extends Guarded permits Tied {

    private static final VarHandle LINKS;

    static {
        try {
            var lookup = MethodHandles.lookup();
            LINKS = lookup.findVarHandle(Signalled.class, "links", Table.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final LocalNode node;

    /** Changed under the lock, through {@link #setLinks}; looked at by peers under theirs. */
    Table<Pid, Link> links = Links.none();

    // Guarded by the lock.
    volatile @Nullable LocalProcess<?> parent;
    @Nullable Watcher watchers;
    ProcessMonitor.@Nullable Made monitors;
    @Nullable Function<? super Exited, ?> trap;

    Signalled(
            LocalNode node,
            long number,
            String label,
            Envelope first,
            @Nullable LocalProcess<?> parent) {
        super(number, label, first);
        this.node = node;
        this.parent = parent;
    }

    /** This, by its full type. */
    abstract LocalProcess<?> self();

    /**
     * Puts {@code envelope} into the mailbox, whatever it lets in; under the lock, where it must
     * keep its place among the sender's signals.
     *
     * @return whether the process must be woken for it
     */
    abstract boolean enqueue(Envelope envelope);

    /** The mailbox was idle and is no longer: sees to it that the process runs. */
    abstract void wake();

    /**
     * The process is open, and is to act on it when its turn comes.
     *
     * @return whether it must be woken for it
     */
    abstract boolean enqueueOpening();

    /** The process is open: wakes code that waits for just that. */
    abstract void tellOpen();

    // Signals that arrive

    /**
     * Sends {@code signal} and sees to what follows from it.
     *
     * <p>A process gets further than its own signal: a death that it causes is told after its
     * handler has returned, or by another thread, so that nothing of it comes back in the middle of
     * an act.
     */
    static void signal(@Nullable LocalProcess<?> from, LocalProcess<?> to, Signal signal) {
        var death = to.receive(from, signal);
        if (death == null) {
            return;
        }
        if (from == null || death.who() == from) {
            death.proclaim();
        } else {
            death.proclaimSoon();
        }
    }

    /** What is left to do about a signal when the lock has been given back. */
    sealed interface Consequence permits Then, Reply, Obituary {}

    enum Then implements Consequence {
        NOTHING,
        WAKE,
        TELL_OPEN
    }

    record Reply(Signal signal) implements Consequence {}

    /**
     * The signal arrives.
     *
     * @return the death that follows from it, yet to be proclaimed: of this process, or of {@code
     *     from} by the answer
     */
    final @Nullable Obituary receive(@Nullable LocalProcess<?> from, Signal signal) {
        if (signal instanceof Signal.Exit || signal instanceof Signal.Kill) {
            node.askedToStop(self());
        }
        node.scheduler.beforeSignal();
        node.tellArrived(from, self(), signal);
        var next = take(from, signal);
        if (next == Then.WAKE) {
            wake();
        } else if (next == Then.TELL_OPEN) {
            tellOpen();
        }
        if (next instanceof Obituary death) {
            return death;
        }
        if (signal instanceof Signal.LinkExit) {
            node.atLarge(self()); // that link may have been the only one to hold it
        }
        return next instanceof Reply(var answer) && from != null ? answer(from, answer) : null;
    }

    private @Nullable Obituary answer(LocalProcess<?> asker, Signal answer) {
        if (answer instanceof Signal.Died) {
            Errand.send(asker, answer); // heard after the handler that asked, as in Erlang
            return null;
        }
        return asker.receive(self(), answer);
    }

    private Consequence take(@Nullable LocalProcess<?> from, Signal signal) {
        lock();
        try {
            if (from != null && from.isDead() && isRequest(signal)) {
                return Then.NOTHING;
            }
            return isDead() ? takeDead(from, signal) : takeAlive(from, signal);
        } finally {
            unlock();
        }
    }

    private Consequence takeDead(@Nullable LocalProcess<?> from, Signal signal) {
        if (!is(PROCLAIMED) && signal instanceof Signal.Monitor(ProcessMonitor late)) {
            watchers = Listed.with(watchers, late);
            return Then.NOTHING;
        }
        if (!is(PROCLAIMED) && from != null && signal instanceof Signal.Link) {
            var late = new LateLink(self(), from);
            watchers = Listed.with(watchers, late);
            return Then.NOTHING;
        }
        var answer = answerOfTheDead(signal);
        return answer == null ? Then.NOTHING : new Reply(answer);
    }

    private Consequence takeAlive(@Nullable LocalProcess<?> from, Signal signal) {
        return switch (signal) {
            case Signal.LinkExit exit when from != null -> takeExit(from, exit);

            case Signal.Link link when from != null ->
                    relink(Links.linkReceived(links, from, from.sees(this)));

            case Signal.Unlink unlink when from != null -> {
                setLinks(Links.unlinkReceived(links, from));
                yield new Reply(new Signal.UnlinkAck(unlink.id()));
            }

            case Signal.UnlinkAck ack when from != null ->
                    relink(Links.ackReceived(links, from, ack.id(), from.sees(this)));

            case Signal.Exit exit -> hear(from, exit.reason());

            case Signal.Kill kill -> bury(ExitReason.KILLED);

            case Signal.Monitor(ProcessMonitor monitor) -> {
                watchers = Listed.with(watchers, monitor);
                yield Then.NOTHING;
            }

            case Signal.Demonitor(ProcessMonitor monitor) -> {
                takeBack(monitor);
                yield Then.NOTHING;
            }

            case Signal.Died(ProcessMonitor monitor, var reason) ->
                    monitor.made.isListed() ? fire(monitor, reason) : Then.NOTHING;

            case Signal.Open open when from == parent && is(SHUT) -> open();

            default -> Then.NOTHING;
        };
    }

    private Consequence relink(Table<Pid, Link> changed) {
        setLinks(changed);
        return Then.NOTHING;
    }

    private Consequence takeExit(LocalProcess<?> from, Signal.LinkExit exit) {
        boolean heard = Links.isActive(links, from);
        if (heard && verdict(from, exit.reason()) == Verdict.END) {
            return bury(exit, from);
        }
        setLinks(Links.exitReceived(links, from));
        return heard ? hear(from, exit.reason()) : Then.NOTHING;
    }

    private Verdict verdict(@Nullable LocalProcess<?> from, ExitReason reason) {
        return Verdict.on(reason, from == this, trap != null);
    }

    /** An exit signal that counts. */
    private Consequence hear(@Nullable LocalProcess<?> from, ExitReason reason) {
        var news = trap;
        var verdict = verdict(from, reason);
        if (verdict == Verdict.END) {
            return bury(reason);
        }
        if (verdict != Verdict.DELIVER || news == null) {
            return Then.NOTHING;
        }
        if (from != null && isStartedBy(from)) {
            mark(SHUT); // it is to end, and no longer to open after its init
        }
        return wakeFor(new News<>(new Exited(from == null ? node.outside() : from, reason), news));
    }

    /** Under the lock: whether {@code other} waits for this process's init. */
    private boolean isStartedBy(LocalProcess<?> other) {
        return other == parent && extras != null && extras.starter != null;
    }

    private Consequence fire(ProcessMonitor monitor, ExitReason reason) {
        forget(monitor);
        return wakeFor(new News<>(new Down(monitor, reason), monitor.news));
    }

    /** Under the lock: {@code monitor} of this process, which is listed, will not fire. */
    final void forget(ProcessMonitor monitor) {
        monitors = Listed.without(requireNonNull(monitors, "monitors"), monitor.made);
    }

    private Consequence wakeFor(Envelope news) {
        return enqueue(news) ? Then.WAKE : Then.NOTHING;
    }

    private Consequence open() {
        unmark(SHUT);
        if (!isOpen()) {
            return Then.NOTHING;
        }
        return enqueueOpening() ? Then.WAKE : Then.TELL_OPEN;
    }

    /** Only news and answers may still come from the dead. */
    private static boolean isRequest(Signal signal) {
        return switch (signal) {
            case Signal.Link l -> true;
            case Signal.Exit e -> true;
            case Signal.Kill k -> true;
            case Signal.Monitor m -> true;
            case Signal.Open o -> true;
            default -> false;
        };
    }

    private static @Nullable Signal answerOfTheDead(Signal signal) {
        return switch (signal) {
            case Signal.Link() -> new Signal.LinkExit(ExitReason.NO_PROCESS);
            case Signal.Unlink(var id) -> new Signal.UnlinkAck(id);
            case Signal.Monitor(var ref) -> new Signal.Died(ref, ExitReason.NO_PROCESS);
            default -> null;
        };
    }

    // Death

    /** Ends this process, whose code has come back for good, unless it has ended. */
    final void die(ExitReason reason) {
        Obituary death = null;
        lock();
        try {
            if (!isDead()) {
                mark(DONE);
                death = bury(reason);
            }
        } finally {
            unlock();
        }
        if (death != null) {
            death.proclaim();
        }
    }

    /**
     * Everybody has been told of its death. Who came too late to be is answered now: the exit of a
     * link is older than the answer that nobody is there.
     */
    final void markProclaimed() {
        Watcher late;
        lock();
        try {
            mark(PROCLAIMED);
            late = watchers;
            watchers = null;
        } finally {
            unlock();
        }
        Listed.empty(late, Signalled::tellLate);
    }

    private static void tellLate(Watcher late) {
        if (late instanceof ProcessMonitor monitor) {
            Errand.send(monitor.owner, new Signal.Died(monitor, ExitReason.NO_PROCESS));
        } else {
            late.gone(ExitReason.NO_PROCESS);
        }
    }

    /** Under the lock: from here on it is dead for everybody. */
    final Obituary bury(ExitReason reason) {
        return bury(new Signal.LinkExit(reason), null);
    }

    /**
     * @param exit what those hear who are linked to it; it may have ended by that itself
     * @param cause from whom it has heard that, and who need not be told
     */
    private Obituary bury(Signal.LinkExit exit, @Nullable LocalProcess<?> cause) {
        reason = exit.reason();
        mark(DEAD);
        node.tellDead(self(), exit.reason());
        var death = new Obituary(self(), exit, cause, links, watchers, monitors, extras);
        setLinks(Links.none());
        parent = null; // or a line of generations would never be collected
        watchers = null;
        monitors = null;
        trap = null;
        extras = null;
        return death;
    }

    /** Why it ended, once it is dead. */
    final ExitReason reason() {
        return requireNonNull(reason, "reason");
    }

    // Who waits for its end, or an answer

    /**
     * @return false if this process has ended, and {@code watcher} will not be told
     */
    final boolean watch(Watcher watcher) {
        lock();
        try {
            if (!isDead()) {
                watchers = Listed.with(watchers, watcher);
            }
            return !isDead();
        } finally {
            unlock();
        }
    }

    /**
     * Under the lock, of a process that is alive: it is this one that will answer.
     *
     * @return whether an answer is still waited for
     */
    final boolean promise(PendingReply<?> pending) {
        pending.askedOf(self());
        watchers = Listed.with(watchers, pending);
        if (pending.isSettled()) {
            takeBack(pending); // settled before it knew whom to take it back from
            return false;
        }
        return true;
    }

    final void unwatch(Watcher watcher) {
        lock();
        try {
            if (!isDead()) {
                takeBack(watcher);
            }
        } finally {
            unlock();
        }
    }

    /** Under the lock, of a process that is alive: {@code watcher} waits no longer, if it did. */
    private void takeBack(Watcher watcher) {
        if (watcher.isListed()) {
            watchers = Listed.without(requireNonNull(watchers, "watchers"), watcher);
        }
    }

    // Its links

    /** Under the lock. */
    final void setLinks(Table<Pid, Link> changed) {
        LINKS.setRelease(this, changed);
    }

    /** For anybody: its links, as they are or were a moment ago. */
    @SuppressWarnings("unchecked") // the type of the field
    final Table<Pid, Link> links() {
        return (Table<Pid, Link>) LINKS.getAcquire(this);
    }

    /** For the holder of any lock: whether this end of a link to {@code peer} is active. */
    final boolean sees(Pid peer) {
        return Links.isActive(links(), peer);
    }
}
