package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.actor.ReplyTo;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.util.List;

/**
 * A supervisor of any number of alike children, which are started on request. An immutable value;
 * each option yields another one.
 *
 * <pre>{@code
 * dynamicSupervisor("sessions", each("session", Session::new).restart(TEMPORARY))
 *         .restarts(10, ofSeconds(1))
 * }</pre>
 *
 * <p>Children are told apart by pid, are restarted alone and with the argument they were started
 * with, and are forgotten when they have ended. When the supervisor ends they are stopped all at
 * once, in no order; a time to stop is for all together. In all else it is a {@link Supervisor}.
 *
 * @param <A> the argument with which a child is started
 * @param <M> the messages a child understands
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/supervisor.html">{@code simple_one_for_one}
 *     in OTP's supervisor</a>
 */
public final class DynamicSupervisor<A, M>
        extends ConfiguredSupervisor<DynamicSupervisor.Message<A, M>, DynamicSupervisor<A, M>> {

    private final ChildTemplate<A, M> template;

    private DynamicSupervisor(
            ChildOptions<Message<A, M>> options, Flags flags, ChildTemplate<A, M> template) {
        super(options, flags);
        this.template = template;
    }

    /**
     * A supervisor of children like {@code template}; it starts without any.
     *
     * @param id what it is called in logs and among its siblings; not blank
     */
    public static <A, M> DynamicSupervisor<A, M> dynamicSupervisor(
            String id, ChildTemplate<A, M> template) {
        requireNonNull(template, "template");
        return new DynamicSupervisor<>(
                ChildOptions.of(id, ChildType.SUPERVISOR), Flags.DEFAULTS, template);
    }

    @Override
    DynamicSupervisor<A, M> with(ChildOptions<Message<A, M>> options) {
        return new DynamicSupervisor<>(options, flags, template);
    }

    @Override
    DynamicSupervisor<A, M> with(Flags flags) {
        return new DynamicSupervisor<>(options, flags, template);
    }

    // What it is

    /** What its children are made from. */
    public ChildTemplate<A, M> template() {
        return template;
    }

    // What it does

    /**
     * Starts the supervisor in the process of {@code context}, whose actor this becomes.
     *
     * @throws TreeError if it contradicts itself
     */
    @Override
    public Actor<Message<A, M>> create(Context<Message<A, M>> context) {
        TreeCheck.beforeStart(this, context);
        return SupervisorActor.of(this, context);
    }

    /**
     * What a dynamic supervisor can be asked. Requests are served one at a time, in order.
     *
     * @param <A> the argument with which a child is started
     * @param <M> the messages a child understands
     */
    public sealed interface Message<A, M>
            permits Message.StartChild,
                    Message.TerminateChild,
                    Message.WhichChildren,
                    Message.CountChildren,
                    Message.GetTemplate,
                    Message.Stop,
                    DynamicInner {

        /** Starts a child. */
        record StartChild<A, M>(A argument, ReplyTo<ChildStart<M>> replyTo)
                implements Message<A, M> {
            public StartChild {
                requireNonNull(argument, "argument");
                requireNonNull(replyTo, "replyTo");
            }
        }

        /** Stops a child, which is forgotten. Done as well if {@code child} is no longer alive. */
        record TerminateChild<A, M>(Pid child, ReplyTo<Outcome> replyTo) implements Message<A, M> {
            public TerminateChild {
                requireNonNull(child, "child");
                requireNonNull(replyTo, "replyTo");
            }
        }

        /** Lists the children, the newest first. */
        record WhichChildren<A, M>(ReplyTo<List<ChildInfo>> replyTo) implements Message<A, M> {
            public WhichChildren {
                requireNonNull(replyTo, "replyTo");
            }
        }

        /** Counts the children. */
        record CountChildren<A, M>(ReplyTo<ChildCount> replyTo) implements Message<A, M> {
            public CountChildren {
                requireNonNull(replyTo, "replyTo");
            }
        }

        /** Asks what children are made from. */
        record GetTemplate<A, M>(ReplyTo<ChildTemplate<A, M>> replyTo) implements Message<A, M> {
            public GetTemplate {
                requireNonNull(replyTo, "replyTo");
            }
        }

        /**
         * Stops all children and ends with {@code reason}. Its end is the answer: {@code
         * node.ended(pid)}, or a monitor.
         */
        record Stop<A, M>(ExitReason reason) implements Message<A, M> {
            public Stop {
                requireNonNull(reason, "reason");
            }
        }
    }
}
