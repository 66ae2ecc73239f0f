package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Fates.Dropped;
import io.coppice.actor.Fates.Refused;
import io.coppice.actor.NoSuchProcess;
import io.coppice.actor.Offer;
import io.coppice.actor.ProcessEnded;
import io.coppice.actor.ProcessInfo;
import io.coppice.actor.ReplyTo;
import io.coppice.internal.link.Links;
import io.coppice.internal.link.Links.Link;
import io.coppice.internal.link.Table;
import io.coppice.internal.link.Verdict;
import io.coppice.internal.mailbox.Envelope;
import io.coppice.internal.mailbox.Newest;
import io.coppice.internal.mailbox.News;
import io.coppice.internal.mailbox.Scope;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;
import io.coppice.process.Signal;
import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A process of this node: its queue, its tables, and what each signal does to them.
 *
 * <p>Signals other than messages take effect in the thread that sends them, under the receiver's
 * lock, whatever the receiver is doing: that is how an exit ends a process that computes or blocks.
 * Replies and the news of a death are sent after the lock is released.
 *
 * <p>A signal counts only if its sender is alive at the instant at which it takes effect. So
 * nothing that a killed process still does can come after the news of its death.
 *
 * @param <M> the messages it understands
 */
abstract sealed class LocalProcess<M> extends Guarded implements ActorRef<M>, Askable, Task
        permits ActorProcess, ProgramProcess {

    private static final VarHandle LINKS;

    static {
        try {
            var lookup = MethodHandles.lookup();
            LINKS = lookup.findVarHandle(LocalProcess.class, "links", Table.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final LocalNode node;

    /** Whom its mailbox lets in; null for everybody. */
    final @Nullable Admission admission;

    /** Changed under the lock, through {@link #setLinks}; looked at by peers under theirs. */
    private Table<Pid, Link> links = Links.none();

    /** Where it ran last, or runs; others may see an older one. Null before it has run. */
    private @Nullable Seat lastSeat;

    // Guarded by the lock.
    private volatile @Nullable LocalProcess<?> parent;
    private Table<Watcher, Watcher> watchers = Table.empty();
    private Table<ProcessMonitor, ProcessMonitor> monitors = Table.empty();
    private @Nullable Function<? super Exited, ?> trap;

    LocalProcess(
            LocalNode node,
            long number,
            String label,
            Envelope first,
            @Nullable LocalProcess<?> parent,
            @Nullable Admission admission) {
        super(number, label, first);
        this.node = node;
        this.parent = parent;
        this.admission = admission;
    }

    /** The process behind {@code pid}. */
    static LocalProcess<?> of(Pid pid) {
        if (requireNonNull(pid, "pid") instanceof LocalProcess<?> process) {
            return process;
        }
        throw new IllegalArgumentException("not a pid of this runtime: " + pid);
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
        } else if (admission == null && seat == null) {
            deliverFromOutside(requireNonNull(message, "message"));
        } else {
            Delivery.of(this, message).send();
        }
    }

    /** Whether {@code sender} may send to everybody who lets in everybody. */
    private boolean isPlain(@Nullable LocalProcess<?> sender) {
        return sender != null && sender.node == node && sender.admission == null;
    }

    @Override
    public final Offer offer(M message) {
        return Delivery.of(this, message).offer(0);
    }

    @Override
    public final Offer offer(M message, Duration patience) {
        return Delivery.of(this, message).offer(Calls.requireNotNegative(patience));
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
        if (lastSeat != seat && lastSeat != null) {
            seat.tally.crossed();
        }
        seat.tally.accepted();
        if (post(new Envelope(message), seat.occupant())) {
            wake();
        }
    }

    private void deliverFromOutside(Object message) {
        Stack.requireRoom();
        node.beforeSend(null, this, message);
        var gate = node.gate();
        if (!gate.enter()) {
            node.lost(message, this, null, Refused.GATED);
            return;
        }
        try {
            if (isDead()) {
                node.lost(message, this, null, Refused.RECEIVER_DEAD);
                return;
            }
            node.sharedTally().accepted();
            if (post(new Envelope(message), null)) {
                wake();
            }
        } finally {
            gate.leave();
        }
    }

    /** Puts {@code news} into the mailbox, in nobody's name. No bound keeps it out. */
    final void inform(Envelope news) {
        if (!isDead() && enqueue(news)) {
            wake();
        }
    }

    /**
     * Puts {@code envelope} into the mailbox, whatever it lets in; under the lock, where it must
     * keep its place among the sender's signals.
     *
     * @return whether the process must be woken for it
     */
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

    /** The mailbox was idle and is no longer: sees to it that the process runs. */
    abstract void wake();

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

    @Override
    final void refused() {
        node.tally().refused(Refused.CALLER_DEAD);
    }

    /** The first envelope, which makes it run, is in its mailbox from birth. */
    final void beginFirst() {
        node.tally().accepted();
        if (admission != null) {
            admission.enter(head());
        }
    }

    /** For the consumer, which begins a turn. */
    final void runsAt(Seat seat) {
        if (lastSeat != seat) {
            lastSeat = seat; // others look at it: no needless write
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
        } else {
            node.lost(content, this, null, Dropped.RECEIVER_ENDED);
        }
        if (admission != null) {
            admission.finished();
        }
    }

    static boolean isEmpty(Object content) {
        return content == Envelope.TAKEN_BACK || content == Envelope.SENDER_ENDED;
    }

    @Override
    public final <R> R call(Function<ReplyTo<R>, ? extends M> request, Duration timeout) {
        return Calls.call(this, request, timeout);
    }

    /**
     * @return false if this process has ended, and {@code watcher} will not be told
     */
    final boolean watch(Watcher watcher) {
        lock();
        try {
            if (!isDead()) {
                watchers = watchers.with(watcher, watcher);
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
        pending.askedOf(this);
        watchers = watchers.with(pending, pending);
        if (pending.get()) {
            watchers =
                    watchers.without(pending); // settled before it knew whom to take it back from
            return false;
        }
        return true;
    }

    @Override
    public final void ask(PendingReply<?> pending, Object message, long nanos) {
        pending.askedOf(this);
        if (!watch(pending)) {
            pending.gone(ExitReason.NO_PROCESS);
            return;
        }
        var offer = deliverRequest(pending, message, nanos);
        if (!(offer instanceof Offer.Accepted || offer instanceof Offer.Closed)) {
            pending.refused(offer);
        }
    }

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

    private Offer deliverRequest(PendingReply<?> pending, Object message, long nanos) {
        var seat = Seat.mine();
        if (admission == null && seat != null && isPlain(seat.occupant())) {
            deliver(message, seat);
            return Offer.ACCEPTED;
        }
        try {
            return Delivery.of(this, message).request(nanos);
        } catch (Throwable thrown) {
            pending.forsake(); // whoever waited for room has been killed, for instance
            throw thrown;
        }
    }

    final void unwatch(Watcher watcher) {
        lock();
        try {
            watchers = watchers.without(watcher);
        } finally {
            unlock();
        }
    }

    // Signals

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

    /**
     * The signal arrives.
     *
     * @return the death that follows from it, yet to be proclaimed: of this process, or of {@code
     *     from} by the answer
     */
    final @Nullable Obituary receive(@Nullable LocalProcess<?> from, Signal signal) {
        Signal answer = null;
        Obituary death = null;
        boolean wake = false;
        if (signal instanceof Signal.Exit || signal instanceof Signal.Kill) {
            node.askedToStop(this);
        }
        boolean opens = false;
        node.scheduler.beforeSignal();
        node.tellArrived(from, this, signal);
        lock();
        try {
            if (from != null && from.isDead() && isRequest(signal)) {
                return null;
            }
            if (isDead()
                    && !is(PROCLAIMED)
                    && signal instanceof Signal.Monitor(ProcessMonitor late)) {
                watchers = watchers.with(late, late);
            } else if (isDead()
                    && !is(PROCLAIMED)
                    && from != null
                    && signal instanceof Signal.Link) {
                var late = new LateLink(this, from);
                watchers = watchers.with(late, late);
            } else if (isDead()) {
                answer = answerOfTheDead(signal);
            } else {
                switch (signal) {
                    case Signal.Link() when from != null ->
                            setLinks(Links.linkReceived(links, from, from.sees(this)));

                    case Signal.Unlink(var id) when from != null -> {
                        setLinks(Links.unlinkReceived(links, from));
                        answer = new Signal.UnlinkAck(id);
                    }

                    case Signal.UnlinkAck(var id) when from != null ->
                            setLinks(Links.ackReceived(links, from, id, from.sees(this)));

                    case Signal.LinkExit(var reason) when from != null -> {
                        boolean heard = Links.isActive(links, from);
                        setLinks(Links.exitReceived(links, from));
                        if (heard) {
                            wake = hear(from, reason);
                            death = fatal(from, reason);
                        }
                    }

                    case Signal.Exit(var reason) -> {
                        wake = hear(from, reason);
                        death = fatal(from, reason);
                    }

                    case Signal.Kill() -> death = bury(ExitReason.KILLED);

                    case Signal.Monitor(ProcessMonitor monitor) ->
                            watchers = watchers.with(monitor, monitor);

                    case Signal.Demonitor(ProcessMonitor monitor) ->
                            watchers = watchers.without(monitor);

                    case Signal.Died(ProcessMonitor monitor, var reason)
                            when monitors.get(monitor) != null -> {
                        monitors = monitors.without(monitor);
                        wake = enqueue(new News<>(new Down(monitor, reason), monitor.news));
                    }

                    case Signal.Open() when from == parent && is(SHUT) -> {
                        unmark(SHUT);
                        opens = isOpen();
                        wake = opens && enqueueOpening();
                    }

                    default -> {}
                }
            }
        } finally {
            unlock();
        }
        if (wake) {
            wake();
        }
        if (opens) {
            tellOpen();
        }
        if (signal instanceof Signal.LinkExit && death == null) {
            node.atLarge(this); // that link may have been the only one to hold it
        }
        if (answer instanceof Signal.Died noProcess && from != null) {
            Errand.send(from, noProcess); // heard after the handler that asked, as in Erlang
            return null;
        }
        return answer == null || from == null ? death : from.receive(this, answer);
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

    private Verdict verdict(@Nullable LocalProcess<?> from, ExitReason reason) {
        return Verdict.on(reason, from == this, trap != null);
    }

    /**
     * @return whether the process must be woken for the news
     */
    private boolean hear(@Nullable LocalProcess<?> from, ExitReason reason) {
        return trap != null
                && verdict(from, reason) == Verdict.DELIVER
                && enqueue(
                        new News<>(new Exited(from == null ? node.outside() : from, reason), trap));
    }

    private @Nullable Obituary fatal(@Nullable LocalProcess<?> from, ExitReason reason) {
        return verdict(from, reason) == Verdict.END ? bury(reason) : null;
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
        Table<Watcher, Watcher> late;
        lock();
        try {
            mark(PROCLAIMED);
            late = watchers;
            watchers = Table.empty();
        } finally {
            unlock();
        }
        late.forEach((key, watcher) -> tellLate(watcher));
    }

    private static void tellLate(Watcher late) {
        if (late instanceof ProcessMonitor monitor) {
            Errand.send(monitor.owner, new Signal.Died(monitor, ExitReason.NO_PROCESS));
        } else {
            late.gone(ExitReason.NO_PROCESS);
        }
    }

    /** Whoever asks the dead for a link before it has told its own is answered after them. */
    private record LateLink(LocalProcess<?> dead, LocalProcess<?> peer) implements Watcher {
        @Override
        public void gone(ExitReason reason) {
            signal(dead, peer, new Signal.LinkExit(reason));
        }

        @Override
        public boolean isCall() {
            return false;
        }
    }

    /** Under the lock: from here on it is dead for everybody. */
    private Obituary bury(ExitReason reason) {
        this.reason = reason;
        mark(DEAD);
        node.tellDead(this, reason);
        var death = new Obituary(this, reason, links, watchers, monitors, extras, is(AT_LARGE));
        setLinks(Links.none());
        parent = null; // or a line of generations would never be collected
        watchers = Table.empty();
        monitors = Table.empty();
        trap = null;
        extras = null;
        return death;
    }

    /** Why it ended, once it is dead. */
    final ExitReason reason() {
        return requireNonNull(reason, "reason");
    }

    // What the process does in its own name

    final void link(LocalProcess<?> peer) {
        // Of one that it is linked to already, the exit is on its way.
        if (trap == null && peer.isDead() && !sees(peer)) {
            throw new NoSuchProcess("link of " + this + " to " + peer + ", which has ended");
        }
        if (peer != this && changeLinks(peer, table -> Links.linkAsked(table, peer))) {
            signal(this, peer, new Signal.Link());
        }
    }

    final void unlink(LocalProcess<?> peer) {
        long id = node.nextId();
        if (changeLinks(peer, table -> Links.unlinkAsked(table, peer, id))) {
            node.atLarge(this);
            node.atLarge(peer);
            signal(this, peer, new Signal.Unlink(id));
        }
    }

    /** Under the lock. */
    private void setLinks(Table<Pid, Link> changed) {
        LINKS.setRelease(this, changed);
    }

    /** For the holder of any lock: whether this end of a link to {@code peer} is active. */
    @SuppressWarnings("unchecked") // the type of the field
    private boolean sees(LocalProcess<?> peer) {
        return Links.isActive((Table<Pid, Link>) LINKS.getAcquire(this), peer);
    }

    final Optional<Pid> parent() {
        return Optional.ofNullable(parent);
    }

    private boolean changeLinks(LocalProcess<?> peer, UnaryOperator<Table<Pid, Link>> change) {
        lock();
        try {
            requireAlive();
            var before = links;
            setLinks(change.apply(before));
            return links != before;
        } finally {
            unlock();
        }
    }

    /** The link to {@code child} goes without anybody being told: its start has failed. */
    final void forgetLink(LocalProcess<?> child) {
        lock();
        try {
            setLinks(links.without(child));
        } finally {
            unlock();
        }
    }

    /**
     * @return whether exits were trapped before
     */
    final boolean trap(@Nullable Function<? super Exited, ?> news) {
        lock();
        try {
            requireAlive();
            boolean before = trap != null;
            trap = news;
            return before;
        } finally {
            unlock();
        }
    }

    final boolean trapsExits() {
        return trap != null;
    }

    final void monitor(ProcessMonitor monitor) {
        var target = monitor.target;
        if (target == this) {
            return; // allowed, and never fires
        }
        lock();
        try {
            requireAlive();
            monitors = monitors.with(monitor, monitor);
        } finally {
            unlock();
        }
        if (target == null) {
            Errand.send(this, new Signal.Died(monitor, ExitReason.NO_PROCESS));
        } else {
            signal(this, target, new Signal.Monitor(monitor));
        }
    }

    final boolean demonitor(ProcessMonitor monitor) {
        boolean active;
        lock();
        try {
            requireAlive();
            active = monitors.get(monitor) != null;
            monitors = monitors.without(monitor);
        } finally {
            unlock();
        }
        if (active && monitor.target != null) {
            signal(this, monitor.target, new Signal.Demonitor(monitor));
        }
        return active;
    }

    /**
     * Ties {@code child}, which nobody knows yet, to this process.
     *
     * @throws ProcessEnded if this process has ended: then no child of it may run
     */
    final void adopt(LocalProcess<?> child, boolean linked, @Nullable ProcessMonitor monitor) {
        if (linked) {
            child.links = Links.to(this);
        }
        if (monitor != null) {
            child.watchers = Table.of(monitor, monitor);
        }
        lock();
        try {
            requireAlive();
            if (linked) {
                setLinks(Links.linkAsked(links, child));
            }
            if (monitor != null) {
                monitors = monitors.with(monitor, monitor);
            }
        } finally {
            unlock();
        }
    }

    /** Before anybody knows the process: it will be opened by its parent. */
    final void holdShut() {
        mark(SHUT);
    }

    /**
     * The process is open, and is to act on it when its turn comes.
     *
     * @return whether it must be woken for it
     */
    abstract boolean enqueueOpening();

    /** The process is open: wakes code that waits for just that. */
    abstract void tellOpen();

    /** For the process itself: what it does from now on is no part of its start. */
    void initIsDone() {}

    /** For the process itself: whether a drain waits for what it is about. */
    boolean isAtWork() {
        return true;
    }

    final void setStarter(Starter<M> starter) {
        withExtras(extras -> extras.starter = starter);
    }

    /**
     * Init is done. Told under the lock: news of this process's death comes after it.
     *
     * @return whether the process is open by this
     */
    final boolean started(Optional<Object> info) {
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
            mark(INITIALISED);
            if (extras != null) {
                told = extras.starter;
                extras.starter = null;
                extras.startHeld = false;
                extras = extras.isEmpty() ? null : extras;
            }
            if (told != null) {
                tellRunning(told, info);
            }
            return isOpen();
        } finally {
            unlock();
            if (told != null) {
                told.stopClock();
            }
        }
    }

    /** {@link #started}, in the middle of a step: the opening is another, in its turn. */
    final void startedMeanwhile(Optional<Object> info) {
        if (started(info) && enqueueOpening()) {
            wake();
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
                death = bury(ExitReason.KILLED);
            }
        } finally {
            unlock();
        }
        if (death != null) {
            death.proclaim();
        }
    }

    // To be seen from outside

    final Optional<ProcessInfo> info() {
        lock();
        try {
            if (isDead()) {
                return Optional.empty();
            }
            var linked = new HashSet<Pid>();
            links.forEach(
                    (peer, link) -> {
                        if (link instanceof Links.Active) {
                            linked.add(peer);
                        }
                    });
            var made = new ArrayList<MonitorRef>();
            monitors.forEach((key, monitor) -> made.add(monitor));
            return Optional.of(
                    new ProcessInfo(
                            this,
                            parent(),
                            Optional.ofNullable(extras == null ? null : extras.name),
                            trap != null,
                            isOpen(),
                            Collections.unmodifiableSet(linked),
                            List.copyOf(made),
                            monitoredBy()));
        } finally {
            unlock();
        }
    }

    private int monitoredBy() {
        var made = new ArrayList<Watcher>(watchers.size());
        watchers.forEach(
                (key, watcher) -> {
                    if (!watcher.isCall()) {
                        made.add(watcher);
                    }
                });
        return made.size();
    }

    final Set<Pid> linkedPids() {
        return info().map(ProcessInfo::links).orElse(Set.of());
    }

    /** For the consumer: takes the first news from the mailbox that {@code wanted} accepts. */
    abstract boolean flush(Predicate<Object> wanted);

    /** For the consumer: takes back the first after {@code handled} that is wanted. */
    final boolean takeBackAfter(Envelope handled, Predicate<Object> wanted) {
        var newest = admission == null ? null : admission.newest();
        return newest == null ? takeBackFirst(handled, wanted) : newest.takeBackFirst(wanted);
    }

    /** Has {@code resource} closed when the process ends; now, if it has. */
    final void own(AutoCloseable resource) {
        if (withExtras(extras -> extras.own(resource)) == null) {
            node.closings().closeAll(this, List.of(resource));
        }
    }
}
