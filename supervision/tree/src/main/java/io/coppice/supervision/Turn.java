package io.coppice.supervision;

import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;
import io.coppice.supervision.Inner.TryAgain;
import io.coppice.supervision.Phase.Starting;
import io.coppice.supervision.RestartBudget.Cost;
import io.coppice.supervision.Supervisor.Message;
import io.coppice.supervision.TreeEvent.Cause.Failure;
import io.coppice.supervision.Work.Purpose;
import io.vavr.collection.List;
import io.vavr.collection.Queue;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What one message makes of a supervisor: a draft of its next state, and of what must be done.
 * Nothing happens in here, and nobody else sees the draft before all is decided: whoever gave the
 * message gets the {@link Step}.
 */
final class Turn {

    /**
     * How old an operation is before the parent's order gets in. Longer than any init that does not
     * block, so that all is as in OTP, where the order waits for as long as the init takes.
     */
    static final Duration GRACE = Duration.ofMillis(100);

    private static final long NOT_LOOKED_UP = Long.MIN_VALUE;

    private final Rules rules;
    private final LongSupplier clock;
    private final boolean isHeard;
    private java.util.List<Effect> effects = java.util.List.of();
    private Children children;
    private RestartBudget budget;
    private Phase phase;
    private Queue<Message> waiting;
    private long busySinceNanos;

    /** The time of the turn, which takes none; not looked up before it is needed. */
    private long nowNanos = NOT_LOOKED_UP;

    /**
     * @param clock the monotonic clock, in nanoseconds
     * @param isHeard whether there is anybody to be told of events
     */
    Turn(SupervisorState before, LongSupplier clock, boolean isHeard) {
        this.clock = clock;
        this.isHeard = isHeard;
        rules = before.rules();
        children = before.children();
        budget = before.budget();
        phase = before.phase();
        waiting = before.waiting();
        busySinceNanos = before.busySinceNanos();
    }

    /** One message in, and those that have waited for it. */
    Step take(Message message) {
        receive(message);
        openIfDue();
        while (isServing() && !waiting.isEmpty()) {
            var first = waiting.dequeue();
            waiting = first._2;
            receive(first._1);
            openIfDue();
        }
        return new Step(
                new SupervisorState(rules, children, budget, phase, waiting, busySinceNanos),
                effects);
    }

    private void receive(Message message) {
        switch (message) {
            case Inner.Progress news -> Operation.advance(this, news);
            case Inner.OrderIsDue due -> cutShort();
            case Inner.Opened all -> children = children.letOpen();
            case Message other when !isServing() -> keep(other);
            case Inner.ToldToEnd order -> terminate(order.reason());
            case Inner.Boot first -> boot();
            case Inner.Exit exit -> ended(exit.news());
            case Inner.TryAgain again -> restart(again);
            case Message.Request request -> Requests.serve(this, request);
            case Inner.DynamicRequest request -> Requests.serve(this, request);
        }
    }

    private void boot() {
        Operation.proceed(this, Work.starting(children.inOrder(), new Purpose.Boot()));
    }

    // Opening

    /**
     * Opens the children that are up and still shut, when nothing is under way. It goes by what is
     * so and not by what has just happened: whatever makes a group complete, its children open.
     */
    void openIfDue() {
        if (hasToOpen()) {
            perform(new Effect.OpenAll(children.shut()));
            children = children.opened();
        }
    }

    private boolean hasToOpen() {
        return children.mayOpen() && isServing() && !children.shut().isEmpty() && isComplete();
    }

    /**
     * Whether everybody is up on whom others depend. One who is known to have died, and will be
     * restarted in its turn, is not.
     */
    private boolean isComplete() {
        return rules.strategy() == Strategy.ONE_FOR_ONE
                || !children.hasRestarting() && !waiting.exists(this::isLoss);
    }

    private boolean isLoss(Message message) {
        return switch (message) {
            case Inner.ToldToEnd order -> true;
            case Inner.Exit(Exited(var from, var reason)) ->
                    children.withPid(from).exists(Slot::isRunning);
            default -> false;
        };
    }

    /**
     * Whether a child that is started now must be opened together with others. If not, it is
     * complete by its own init, and opens without being told.
     */
    boolean opensTogether() {
        return !children.mayOpen() || rules.strategy() != Strategy.ONE_FOR_ONE;
    }

    // Ends and restarts

    private void ended(Exited news) {
        var child = children.withPid(news.from());
        if (child.exists(Slot::isRunning)) { // or it is a stranger
            ended(child.get(), news.from(), news.reason());
        }
    }

    /** A child ended by itself: OTP's {@code do_restart}. */
    private void ended(Slot child, Pid pid, ExitReason reason) {
        boolean isRestarted =
                switch (child.spec().restart()) {
                    case PERMANENT -> true;
                    case TRANSIENT -> reason.isAbnormal();
                    case TEMPORARY -> false;
                };
        tell(it -> it.exited(child, pid, reason, isRestarted));
        if (isRestarted) {
            recover(child, reason);
        } else {
            stopped(child);
            shutDownIfDue(child);
        }
    }

    /** A child has ended that is to run again: now, or after its back-off. */
    private void recover(Slot child, ExitReason reason) {
        var cost = cost(child, reason);
        if (child.hasBackoff()) {
            backOff(child, cost);
        } else {
            restart(child, cost);
        }
    }

    private Cost cost(Slot child, ExitReason reason) {
        return new Cost(new Failure(child.spec().id(), reason), now());
    }

    /** Whether the end of {@code child} ends the supervisor: OTP's {@code do_auto_shutdown}. */
    private void shutDownIfDue(Slot child) {
        boolean isDue =
                child.spec().isSignificant()
                        && switch (rules.autoShutdown()) {
                            case NEVER -> false;
                            case ANY_SIGNIFICANT -> true;
                            case ALL_SIGNIFICANT -> !children.hasActiveSignificant();
                        };
        if (isDue) {
            terminate(ExitReason.SHUTDOWN);
        }
    }

    /** The restart of a child failed; what has arrived before the next try gets its turn. */
    void tryAgain(Slot child, ExitReason reason) {
        var cost = cost(child, reason);
        if (child.hasBackoff()) {
            backOff(child, cost);
        } else {
            children = children.restarting(child);
            serve();
            perform(new Effect.SendSelf(TryAgain.of(child, cost)));
        }
    }

    /**
     * The restart waits, with those stopped that are restarted with the child. It is paid for when
     * it is made; if it will be one too many even then, there is nothing to wait for.
     */
    private void backOff(Slot child, Cost cost) {
        var backoff = child.spec().backoff().orElseThrow();
        var delay = backoff.delay(child.failed(now()).failures());
        if (budget.spend(cost, now() + delay.toNanos()).isOverdrawn()) {
            restart(child, cost);
            return;
        }
        var others = restartedWith(child).filter(slot -> slot.place() != child.place());
        var next = TryAgain.of(child, cost);
        var work = Work.stopping(others, new Purpose.Wait(delay, backoff.jitter(), next));
        tell(it -> it.delayed(child, delay));
        children = children.failed(child, now());
        halt(others);
        Operation.proceed(this, work);
    }

    private void restart(TryAgain due) {
        children.at(due.place()) // or it was terminated meanwhile, or started
                .filter(Slot::isRestarting)
                .filter(child -> child.incarnation() == due.incarnation())
                .forEach(child -> restart(child, due.cost()));
    }

    /** One restart, of one child or of a group, is one restart for the budget. */
    private void restart(Slot child, Cost cost) {
        budget = budget.spend(cost, now());
        if (budget.isOverdrawn()) {
            giveUp(child);
        } else {
            restartWithinBudget(child, new Purpose.Restart(cost.failure()));
        }
    }

    private void giveUp(Slot child) {
        var why = budget.gaveUp(rules.path());
        tell(it -> it.givingUp(why));
        stopped(child);
        terminate(ExitReason.shutdown(why));
    }

    /**
     * Stops those that are restarted with the child, the last first, and starts them again.
     * Temporary ones are not started and forgotten; those that were not running are started.
     */
    private void restartWithinBudget(Slot child, Purpose purpose) {
        if (rules.strategy() == Strategy.ONE_FOR_ONE) {
            Operation.startAgain(this, child, purpose);
            return;
        }
        stopped(child);
        var group = restartedWith(child);
        var work = Work.stopping(group, purpose).thenStarting(group.reject(Slot::isTemporary));
        halt(group);
        Operation.proceed(this, work);
    }

    /** The children that are restarted when {@code child} is, itself included; in start order. */
    private Seq<Slot> restartedWith(Slot child) {
        return switch (rules.strategy()) {
            case ONE_FOR_ONE -> List.of(child);
            case REST_FOR_ONE -> children.from(child.place());
            case ONE_FOR_ALL -> children.inOrder();
        };
    }

    /** None of {@code group} is restarted on its own any more. */
    private void halt(Seq<Slot> group) {
        for (var slot : group.filter(Slot::isRestarting)) {
            stopped(slot);
            perform(new Effect.CallOff(slot.place()));
        }
    }

    // Orders of the parent

    /** All has to wait, but the parent's order: if the operation under way is not very young. */
    private void keep(Message message) {
        if (message instanceof Inner.ToldToEnd order) {
            var graceLeft = GRACE.minusNanos(now() - busySinceNanos);
            if (!graceLeft.isPositive()) {
                cutShort(order);
                return;
            }
            perform(new Effect.SendSelfAfter(graceLeft, new Inner.OrderIsDue()));
        }
        waiting = waiting.enqueue(message);
    }

    private void cutShort() {
        waiting.find(Inner.ToldToEnd.class::isInstance) // or it has had its turn
                .forEach(order -> cutShort((Inner.ToldToEnd) order));
    }

    /**
     * The parent gets in, whatever is under way or waits. A child that is being started is stopped
     * with the others. A child that is being stopped comes first: one after the other.
     */
    private void cutShort(Inner.ToldToEnd order) {
        switch (phase) {
            case Starting starting -> {
                var pid = starting.pid();
                if (pid != null) {
                    running(starting, pid);
                }
                terminate(order.reason());
            }

            case Phase.Stopping(var child, var rest) when !rest.isEnd() -> {
                enter(new Phase.Stopping(child, rest.cutShort()));
                waiting = waiting.prepend(order);
            }

            case Phase.Stopping ending -> {}
            case Phase.StoppingAll ending -> {}
            case Phase.Serving nothing -> {}
            case Phase.Over ended -> {}
        }
    }

    /** Stops all children and ends. */
    void terminate(ExitReason reason) {
        if (rules.isDynamic()) {
            Operation.stopAll(this, reason);
        } else {
            Operation.proceed(this, Work.stopping(children.inOrder(), new Purpose.End(reason)));
        }
    }

    /** The reason of an end, which a monitor that came too late does not know. */
    ExitReason heard(Pid pid, ExitReason ofMonitor) {
        return ExitReason.NO_PROCESS.equals(ofMonitor)
                ? waiting.toJavaStream()
                        .filter(Inner.Exit.class::isInstance)
                        .map(it -> ((Inner.Exit) it).news())
                        .filter(exit -> exit.from().equals(pid))
                        .map(Exited::reason)
                        .findFirst()
                        .orElse(ofMonitor)
                : ofMonitor;
    }

    /**
     * The end of {@code pid} is known from its monitor; its exit, mostly just before, is no news.
     */
    void forgetExit(Pid pid) {
        if (!waiting.isEmpty()
                && waiting.head() instanceof Inner.Exit(Exited(var from, var reason))
                && from.equals(pid)) {
            waiting = waiting.tail();
        }
    }

    private long now() {
        if (nowNanos == NOT_LOOKED_UP) {
            nowNanos = clock.getAsLong();
        }
        return nowNanos;
    }

    /** Only of a child with a back-off does it matter how long it has run. */
    private long timeFor(Slot child) {
        return child.hasBackoff() ? now() : 0;
    }

    // The draft

    Rules rules() {
        return rules;
    }

    Children children() {
        return children;
    }

    Option<Slot> childWithId(String id) {
        children = children.byId();
        return children.withId(id);
    }

    Phase phase() {
        return phase;
    }

    private boolean isServing() {
        return phase instanceof Phase.Serving;
    }

    /** This must be done, after all that must be done already. */
    void perform(Effect effect) {
        if (effects.isEmpty()) {
            effects = new ArrayList<>(2);
        }
        effects.add(effect);
    }

    /** Where nobody hears of it the event is not even made. */
    void tell(Function<Events, TreeEvent> event) {
        if (isHeard) {
            perform(new Effect.Tell(event.apply(new Events(rules))));
        }
    }

    void serve() {
        enter(Phase.SERVING);
    }

    void enter(Phase next) {
        if (isServing()) {
            busySinceNanos = now();
        }
        phase = next;
    }

    void become(Children next) {
        children = next;
    }

    /** The child that was being started runs, as {@code pid}. */
    void running(Starting starting, Pid pid) {
        var child = starting.child;
        children =
                starting.heldShut
                        ? children.running(child, pid, timeFor(child))
                        : children.open(child, pid, timeFor(child));
    }

    /** {@code child} has ended, and does not run for now. */
    void stopped(Slot child) {
        children = children.ended(child, timeFor(child));
    }
}
