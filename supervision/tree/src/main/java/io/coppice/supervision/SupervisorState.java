package io.coppice.supervision;

import io.coppice.process.Pid;
import io.coppice.supervision.Supervisor.Message;
import io.vavr.collection.Queue;

import java.util.function.LongSupplier;

/**
 * A supervisor between two messages. Each message yields the next state and the effects to carry
 * out; nothing happens in here.
 *
 * <p>OTP's supervisor is blocked while it starts or stops a child, so that messages wait in its
 * mailbox. This one is then in another {@link Phase} and keeps them itself, in order. Only news of
 * the operation under way gets in, and the parent's order to end: at once, unless the operation is
 * younger than {@link Turn#GRACE}.
 *
 * @param waiting what arrived during the operation under way. Bounded by the senders, as a mailbox
 *     is: each child exits once, and whoever makes a request waits for the answer
 * @param busySinceNanos when the operation under way began, on the monotonic clock
 * @see <a href="https://github.com/erlang/otp/blob/OTP-25.2.3/lib/stdlib/src/supervisor.erl">OTP's
 *     supervisor</a>
 */
record SupervisorState(
        Rules rules,
        Children children,
        RestartBudget budget,
        Phase phase,
        Queue<Message> waiting,
        long busySinceNanos) {

    static SupervisorState of(Supervisor tree, Pid self) {
        return of(Rules.of(tree, self), Children.of(tree.children()), tree.flags);
    }

    static SupervisorState of(DynamicSupervisor<?, ?> tree, Pid self) {
        return of(Rules.of(tree, self), Children.NO_DYNAMIC, tree.flags);
    }

    private static SupervisorState of(Rules rules, Children children, Flags flags) {
        return new SupervisorState(
                rules, children, flags.budget(), Phase.SERVING, Queue.empty(), 0);
    }

    /** This one, as the supervisor that {@code parent} is starting. */
    SupervisorState below(SupervisorState parent) {
        return parent.phase instanceof Phase.Starting starting
                ? with(rules.below(parent.rules, starting.child.spec()))
                : this;
    }

    /**
     * One message in.
     *
     * @param clock the monotonic clock, in nanoseconds; looked at once at most
     * @param isHeard whether there is anybody to be told of events; if not, none are told
     */
    Step on(Message message, LongSupplier clock, boolean isHeard) {
        return new Turn(this, clock, isHeard).take(message);
    }

    private SupervisorState with(Rules rules) {
        return new SupervisorState(rules, children, budget, phase, waiting, busySinceNanos);
    }
}
