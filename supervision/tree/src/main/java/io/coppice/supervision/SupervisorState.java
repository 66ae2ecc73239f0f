package io.coppice.supervision;

import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.Effect.Report;
import io.coppice.supervision.Supervisor.Message;
import io.coppice.supervision.Work.Purpose;
import io.vavr.collection.List;
import io.vavr.collection.Queue;

import java.time.Duration;

/**
 * A supervisor between two messages. Each message yields the next state and the effects to carry
 * out; nothing happens in here.
 *
 * <p>OTP's supervisor is blocked while it starts or stops a child, so that messages wait in its
 * mailbox. This one is then in another {@link Phase} and keeps them itself, in order. Only news of
 * the operation under way gets in, and the parent's order to end, when it has waited {@link
 * #GRACE}.
 *
 * @param waiting what arrived during the operation under way. Bounded by the senders, as a mailbox
 *     is: each child exits once, and whoever makes a request waits for the answer
 * @param nowNanos the monotonic clock, as of the message that is being handled
 * @see <a href="https://github.com/erlang/otp/blob/OTP-25.2.3/lib/stdlib/src/supervisor.erl">OTP's
 *     supervisor</a>
 */
record SupervisorState(
        Rules rules,
        Children children,
        RestartBudget budget,
        Phase phase,
        Queue<Message> waiting,
        long nowNanos) {

    /**
     * How long the parent's order waits for an operation. Longer than any init that does not block,
     * so that all is as in OTP, where the order waits for as long as the init takes.
     */
    static final Duration GRACE = Duration.ofMillis(100);

    private static final Phase SERVING = new Phase.Serving();

    static SupervisorState of(Supervisor tree) {
        var children = List.ofAll(tree.children()).foldLeft(Children.NONE, Children::plus);
        return of(Rules.of(tree), children, tree.flags);
    }

    static SupervisorState of(DynamicSupervisor<?, ?> tree) {
        return of(Rules.of(tree), Children.NO_DYNAMIC, tree.flags);
    }

    private static SupervisorState of(Rules rules, Children children, Flags flags) {
        return new SupervisorState(rules, children, flags.budget(), SERVING, Queue.empty(), 0);
    }

    /**
     * One message in.
     *
     * @param nowNanos the monotonic clock
     */
    Step on(Message message, long nowNanos) {
        var step = at(nowNanos).receive(message);
        while (step.state().isServing() && !step.state().waiting.isEmpty()) {
            step = step.then(SupervisorState::receiveFirstWaiting);
        }
        return step;
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

            case Message other when !isServing() -> keep(other);

            case Inner.ToldToEnd(var reason) -> terminate(reason);

            case Inner.Boot() -> boot();

            case Inner.Exit(var from, var reason) ->
                    children.withPid(from)
                            .filter(Slot::isRunning)
                            .map(child -> ended(child, from, reason))
                            .getOrElse(this::unchanged); // a stranger

            case Inner.TryAgain(var place) ->
                    children.at(place)
                            .filter(Slot::isRestarting)
                            .map(this::restart)
                            .getOrElse(this::unchanged); // terminated meanwhile

            case Message.Request request -> Requests.serve(this, request);

            case Inner.DynamicRequest request -> Requests.serve(this, request);
        };
    }

    private Step boot() {
        return Operation.proceed(this, Work.starting(children.inOrder(), new Purpose.Boot()));
    }

    /** A child ended by itself: OTP's {@code do_restart}. */
    private Step ended(Slot child, Pid pid, ExitReason reason) {
        boolean isRestarted =
                switch (child.spec().restart()) {
                    case PERMANENT -> true;
                    case TRANSIENT -> reason.isAbnormal();
                    case TEMPORARY -> false;
                };
        return report(new Report.ChildEnded(child.spec(), pid, reason, isRestarted))
                .then(
                        state ->
                                isRestarted
                                        ? state.restart(child)
                                        : state.withEnded(child).shutDownIfDue(child));
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

    /** One restart, of one child or of a group, is one restart for the budget. */
    private Step restart(Slot child) {
        var state = with(budget.spend(child.spec().id(), nowNanos));
        return state.budget.isOverdrawn() ? state.giveUp(child) : state.restartWithinBudget(child);
    }

    private Step giveUp(Slot child) {
        return report(new Report.GivingUp(child.spec(), budget))
                .then(state -> state.withEnded(child).terminate(ExitReason.SHUTDOWN));
    }

    private Step restartWithinBudget(Slot child) {
        return switch (rules.strategy()) {
            case ONE_FOR_ONE -> {
                var work = Work.starting(List.of(child), new Purpose.Restart());
                yield Operation.proceed(withRestarting(child), work);
            }
            case REST_FOR_ONE -> withEnded(child).restartFrom(child.place());
            case ONE_FOR_ALL -> withEnded(child).restartFrom(Children.FIRST);
        };
    }

    /**
     * Stops the child at {@code place} and those after it, the last first, and starts them again.
     * Temporary ones are not started and forgotten; those that were not running are started.
     */
    private Step restartFrom(long place) {
        var group = children.from(place);
        var halted =
                group.filter(Slot::isRestarting)
                        .foldLeft(children, (all, slot) -> all.ended(slot.place()));
        var work =
                Work.stopping(group, new Purpose.Restart())
                        .thenStarting(group.reject(Slot::isTemporary));
        return Operation.proceed(with(halted), work);
    }

    /** The parent's order waits its turn like any message, but not for ever. */
    private Step keep(Message message) {
        var step = Step.to(withWaiting(waiting.enqueue(message)));
        return message instanceof Inner.ToldToEnd
                ? step.and(new Effect.SendSelfAfter(GRACE, new Inner.OrderIsDue()))
                : step;
    }

    /**
     * The parent gets in, whatever is under way or waits. A child that is being started is stopped
     * with the others. A child that is being stopped comes first: one after the other.
     */
    private Step cutShort(Inner.ToldToEnd order) {
        return switch (phase) {
            case Phase.Starting(var place, var pid, var rest) ->
                    pid.map(it -> withRunning(place, it)).getOrElse(this).terminate(order.reason());

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

    // Parts

    boolean isServing() {
        return phase instanceof Phase.Serving;
    }

    Step unchanged() {
        return Step.to(this);
    }

    Step report(Report report) {
        return unchanged().and(report);
    }

    Step serving() {
        return Step.to(in(SERVING));
    }

    SupervisorState in(Phase phase) {
        return new SupervisorState(rules, children, budget, phase, waiting, nowNanos);
    }

    SupervisorState with(Children children) {
        return new SupervisorState(rules, children, budget, phase, waiting, nowNanos);
    }

    SupervisorState withRunning(long place, Pid pid) {
        return with(children.running(place, pid));
    }

    SupervisorState withRestarting(Slot child) {
        return with(children.restarting(child.place()));
    }

    SupervisorState withEnded(Slot child) {
        return with(children.ended(child.place()));
    }

    SupervisorState without(Slot child) {
        return with(children.without(child.place()));
    }

    private SupervisorState with(RestartBudget budget) {
        return new SupervisorState(rules, children, budget, phase, waiting, nowNanos);
    }

    private SupervisorState withWaiting(Queue<Message> waiting) {
        return new SupervisorState(rules, children, budget, phase, waiting, nowNanos);
    }

    private SupervisorState at(long nowNanos) {
        return new SupervisorState(rules, children, budget, phase, waiting, nowNanos);
    }
}
