package io.coppice.supervision;

import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.Inner.TryAgain;
import io.coppice.supervision.RestartBudget.Cost;
import io.coppice.supervision.Supervisor.Message;
import io.coppice.supervision.TreeEvent.Cause.Failure;
import io.coppice.supervision.Work.Purpose;
import io.vavr.collection.List;
import io.vavr.collection.Queue;
import io.vavr.collection.Seq;

import java.time.Duration;

/**
 * A supervisor between two messages. Each message yields the next state and the effects to carry
 * out; nothing happens in here.
 *
 * <p>OTP's supervisor is blocked while it starts or stops a child, so that messages wait in its
 * mailbox. This one is then in another {@link Phase} and keeps them itself, in order. Only news of
 * the operation under way gets in, and the parent's order to end: at once, unless the operation is
 * younger than {@link #GRACE}.
 *
 * @param waiting what arrived during the operation under way. Bounded by the senders, as a mailbox
 *     is: each child exits once, and whoever makes a request waits for the answer
 * @param busySinceNanos when the operation under way began
 * @param nowNanos the monotonic clock, as of the message that is being handled
 * @param isOpen whether the supervisor has been opened, and so may open its children
 * @see <a href="https://github.com/erlang/otp/blob/OTP-25.2.3/lib/stdlib/src/supervisor.erl">OTP's
 *     supervisor</a>
 */
record SupervisorState(
        Rules rules,
        Children children,
        RestartBudget budget,
        Phase phase,
        Queue<Message> waiting,
        long busySinceNanos,
        long nowNanos,
        boolean isOpen) {

    /**
     * How old an operation is before the parent's order gets in. Longer than any init that does not
     * block, so that all is as in OTP, where the order waits for as long as the init takes.
     */
    static final Duration GRACE = Duration.ofMillis(100);

    private static final Phase SERVING = new Phase.Serving();

    static SupervisorState of(Supervisor tree, Pid self) {
        var children = List.ofAll(tree.children()).foldLeft(Children.NONE, Children::plus);
        return of(Rules.of(tree, self), children, tree.flags);
    }

    static SupervisorState of(DynamicSupervisor<?, ?> tree, Pid self) {
        return of(Rules.of(tree, self), Children.NO_DYNAMIC, tree.flags);
    }

    private static SupervisorState of(Rules rules, Children children, Flags flags) {
        return new SupervisorState(
                rules, children, flags.budget(), SERVING, Queue.empty(), 0, 0, false);
    }

    /** This one, as the supervisor that {@code parent} is starting. */
    SupervisorState below(SupervisorState parent) {
        return parent.phase instanceof Phase.Starting starting
                ? with(rules.below(parent.rules, starting.child().spec()))
                : this;
    }

    /**
     * One message in.
     *
     * @param busySinceNanos when the operation under way began
     * @param nowNanos the monotonic clock
     */
    Step on(Message message, long nowNanos) {
        var step = at(nowNanos).receive(message).thenOpenDue();
        while (step.state().isServing() && !step.state().waiting.isEmpty()) {
            step = step.then(SupervisorState::receiveFirstWaiting).thenOpenDue();
        }
        return step;
    }

    /** The child whose start is under way has been spawned as {@code pid}. */
    SupervisorState spawned(Pid pid) {
        return phase instanceof Phase.Starting starting ? in(starting.with(pid)) : this;
    }

    private Step receiveFirstWaiting() {
        var next = waiting.dequeue();
        return withWaiting(next._2).receive(next._1);
    }

    private Step receive(Message message) {
        return switch (message) {
            case Inner.Progress news -> Operation.advance(this, news);

            case Inner.OrderIsDue() ->
                    waiting.find(Inner.ToldToEnd.class::isInstance)
                            .map(order -> cutShort((Inner.ToldToEnd) order))
                            .getOrElse(this::unchanged); // it has had its turn

            case Inner.Opened() -> Step.to(opened());

            case Message other when !isServing() -> keep(other);

            case Inner.ToldToEnd(var reason) -> terminate(reason);

            case Inner.Boot() -> boot();

            case Inner.Exit(var from, var reason) -> {
                var child = children.withPid(from);
                yield child.exists(Slot::isRunning)
                        ? ended(child.get(), from, reason)
                        : unchanged(); // a stranger
            }

            case Inner.TryAgain again ->
                    children.at(again.place())
                            .filter(Slot::isRestarting)
                            .filter(child -> child.incarnation() == again.incarnation())
                            .map(child -> restart(child, again.cost()))
                            .getOrElse(this::unchanged); // terminated meanwhile, or started

            case Message.Request request -> Requests.serve(this, request);

            case Inner.DynamicRequest request -> Requests.serve(this, request);
        };
    }

    private Step boot() {
        return Operation.proceed(this, Work.starting(children.inOrder(), new Purpose.Boot()));
    }

    /**
     * Whether the children that are up and still shut are to be opened: when nothing is under way.
     * It goes by what is so and not by what has just happened: whatever makes a group complete, its
     * children open.
     */
    boolean hasToOpen() {
        return isOpen && isServing() && !children.shut().isEmpty() && isComplete();
    }

    Step open() {
        return Step.to(with(children.opened())).and(new Effect.Open(children.shut()));
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
            case Inner.Exit(var from, var reason) -> children.withPid(from).exists(Slot::isRunning);
            default -> false;
        };
    }

    /** A child ended by itself: OTP's {@code do_restart}. */
    private Step ended(Slot child, Pid pid, ExitReason reason) {
        boolean isRestarted =
                switch (child.spec().restart()) {
                    case PERMANENT -> true;
                    case TRANSIENT -> reason.isAbnormal();
                    case TEMPORARY -> false;
                };
        var next = isRestarted ? recover(child, reason) : withEnded(child).shutDownIfDue(child);
        return next.after(new Effect.Tell(events().exited(child, pid, reason, isRestarted)));
    }

    /** A child has ended that is to run again: now, or after its back-off. */
    private Step recover(Slot child, ExitReason reason) {
        var cost = new Cost(new Failure(child.spec().id(), reason), nowNanos);
        var backoff = child.spec().backoff();
        return backoff.isPresent() ? backOff(child, backoff.get(), cost) : restart(child, cost);
    }

    /** Whether the end of {@code child} ends the supervisor: OTP's {@code do_auto_shutdown}. */
    private Step shutDownIfDue(Slot child) {
        boolean isDue =
                child.spec().isSignificant()
                        && switch (rules.autoShutdown()) {
                            case NEVER -> false;
                            case ANY_SIGNIFICANT -> true;
                            case ALL_SIGNIFICANT -> !children.hasActiveSignificant();
                        };
        return isDue ? terminate(ExitReason.SHUTDOWN) : unchanged();
    }

    /** The restart of a child failed; what has arrived before the next try gets its turn. */
    Step tryAgain(Slot child, ExitReason reason) {
        var cost = new Cost(new Failure(child.spec().id(), reason), nowNanos);
        var backoff = child.spec().backoff();
        return backoff.isPresent()
                ? backOff(child, backoff.get(), cost)
                : with(children.restarting(child))
                        .serving()
                        .and(new Effect.SendSelf(TryAgain.of(child, cost)));
    }

    /**
     * The restart waits, with those stopped that are restarted with the child. It is paid for when
     * it is made; if it will be one too many even then, there is nothing to wait for.
     */
    private Step backOff(Slot child, Backoff backoff, Cost cost) {
        var delay = backoff.delay(child.failed(nowNanos).failures());
        if (budget.spend(cost, nowNanos + delay.toNanos()).isOverdrawn()) {
            return restart(child, cost);
        }
        var others = restartedWith(child).filter(slot -> slot.place() != child.place());
        var next = TryAgain.of(child, cost);
        var work = Work.stopping(others, new Purpose.Wait(delay, backoff.jitter(), next));
        return tell(events().delayed(child, delay))
                .with(state -> state.with(children.failed(child, nowNanos)))
                .then(state -> state.halt(others))
                .then(state -> Operation.proceed(state, work));
    }

    /** One restart, of one child or of a group, is one restart for the budget. */
    private Step restart(Slot child, Cost cost) {
        var state = with(budget.spend(cost, nowNanos));
        return state.budget.isOverdrawn()
                ? state.giveUp(child)
                : state.restartWithinBudget(child, new Purpose.Restart(cost.failure()));
    }

    private Step giveUp(Slot child) {
        var why = budget.gaveUp(rules.path());
        return tell(events().givingUp(why))
                .then(state -> state.withEnded(child).terminate(ExitReason.shutdown(why)));
    }

    /**
     * Stops those that are restarted with the child, the last first, and starts them again.
     * Temporary ones are not started and forgotten; those that were not running are started.
     */
    private Step restartWithinBudget(Slot child, Purpose purpose) {
        if (rules.strategy() == Strategy.ONE_FOR_ONE) {
            return Operation.startAgain(this, child, purpose);
        }
        var state = withEnded(child);
        var group = state.restartedWith(child);
        var work = Work.stopping(group, purpose).thenStarting(group.reject(Slot::isTemporary));
        return state.halt(group).then(halted -> Operation.proceed(halted, work));
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
    private Step halt(Seq<Slot> group) {
        var waiting = group.filter(Slot::isRestarting);
        return Step.to(with(waiting.foldLeft(children, this::withoutRestart)))
                .and(waiting.map(it -> new Effect.CallOff(it.place())));
    }

    private Children withoutRestart(Children all, Slot slot) {
        return all.ended(slot, nowNanos);
    }

    /** The parent's order gets in, unless the operation under way has only just begun. */
    private Step keep(Message message) {
        var graceLeft = GRACE.minusNanos(nowNanos - busySinceNanos);
        return switch (message) {
            case Inner.ToldToEnd order when !graceLeft.isPositive() -> cutShort(order);

            case Inner.ToldToEnd order ->
                    keepInOrder(order)
                            .and(new Effect.SendSelfAfter(graceLeft, new Inner.OrderIsDue()));

            default -> keepInOrder(message);
        };
    }

    private Step keepInOrder(Message message) {
        return Step.to(withWaiting(waiting.enqueue(message)));
    }

    /**
     * The parent gets in, whatever is under way or waits. A child that is being started is stopped
     * with the others. A child that is being stopped comes first: one after the other.
     */
    private Step cutShort(Inner.ToldToEnd order) {
        return switch (phase) {
            case Phase.Starting(var child, var pid, var rest) ->
                    pid.map(it -> withRunning(child, it)).getOrElse(this).terminate(order.reason());

            case Phase.Stopping(var child, var rest) when !rest.isEnd() ->
                    Step.to(
                            in(new Phase.Stopping(child, rest.cutShort()))
                                    .withWaiting(waiting.prepend(order)));

            case Phase.Stopping ending -> unchanged();
            case Phase.StoppingAll ending -> unchanged();
            case Phase.Serving nothing -> unchanged();
            case Phase.Over ended -> unchanged();
        };
    }

    /** Stops all children and ends. */
    Step terminate(ExitReason reason) {
        return rules.isDynamic()
                ? Operation.stopAll(this, reason)
                : Operation.proceed(
                        this, Work.stopping(children.inOrder(), new Purpose.End(reason)));
    }

    /** The reason of an end, which a monitor that came too late does not know. */
    ExitReason heard(Pid pid, ExitReason ofMonitor) {
        return ExitReason.NO_PROCESS.equals(ofMonitor)
                ? waiting.toJavaStream()
                        .filter(Inner.Exit.class::isInstance)
                        .map(Inner.Exit.class::cast)
                        .filter(exit -> exit.from().equals(pid))
                        .map(Inner.Exit::reason)
                        .findFirst()
                        .orElse(ofMonitor)
                : ofMonitor;
    }

    // Parts

    boolean isServing() {
        return phase instanceof Phase.Serving;
    }

    Events events() {
        return new Events(rules);
    }

    Step unchanged() {
        return Step.to(this);
    }

    Step tell(TreeEvent event) {
        return unchanged().and(new Effect.Tell(event));
    }

    Step serving() {
        return Step.to(in(SERVING));
    }

    SupervisorState in(Phase phase) {
        return in(phase, children);
    }

    SupervisorState in(Phase phase, Children children) {
        long since = isServing() ? nowNanos : busySinceNanos;
        return new SupervisorState(
                rules, children, budget, phase, waiting, since, nowNanos, isOpen);
    }

    private SupervisorState opened() {
        return new SupervisorState(
                rules, children, budget, phase, waiting, busySinceNanos, nowNanos, true);
    }

    SupervisorState with(Children children) {
        return new SupervisorState(
                rules, children, budget, phase, waiting, busySinceNanos, nowNanos, isOpen);
    }

    SupervisorState withRunning(Slot child, Pid pid) {
        return with(children.running(child, pid, nowNanos));
    }

    SupervisorState noting(Slot child) {
        return with(children.noting(child));
    }

    SupervisorState withEnded(Slot child) {
        return with(children.ended(child, nowNanos));
    }

    SupervisorState without(Slot child) {
        return with(children.without(child));
    }

    private SupervisorState with(Rules rules) {
        return new SupervisorState(
                rules, children, budget, phase, waiting, busySinceNanos, nowNanos, isOpen);
    }

    private SupervisorState with(RestartBudget budget) {
        return new SupervisorState(
                rules, children, budget, phase, waiting, busySinceNanos, nowNanos, isOpen);
    }

    private SupervisorState withWaiting(Queue<Message> waiting) {
        return new SupervisorState(
                rules, children, budget, phase, waiting, busySinceNanos, nowNanos, isOpen);
    }

    private SupervisorState at(long nowNanos) {
        return new SupervisorState(
                rules, children, budget, phase, waiting, busySinceNanos, nowNanos, isOpen);
    }
}
