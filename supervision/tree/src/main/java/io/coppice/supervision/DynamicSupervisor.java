package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Actor;
import io.coppice.actor.Application;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.ReplyTo;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
        implements ChildSpec<DynamicSupervisor.Message<A, M>>,
                Application<DynamicSupervisor.Message<A, M>> {

    private final ChildOptions<Message<A, M>> options;
    private final Flags flags;
    private final ChildTemplate<A, M> template;

    private DynamicSupervisor(
            ChildOptions<Message<A, M>> options, Flags flags, ChildTemplate<A, M> template) {
        this.options = options;
        this.flags = flags;
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

    // As a supervisor

    /** As {@link Supervisor#restarts(int, Duration)}. */
    public DynamicSupervisor<A, M> restarts(int intensity, Duration period) {
        return with(flags.withRestarts(intensity, period));
    }

    /**
     * As {@link Supervisor#autoShutdown(AutoShutdown)}; with {@code ALL_SIGNIFICANT} it ends when
     * no child is left.
     */
    public DynamicSupervisor<A, M> autoShutdown(AutoShutdown autoShutdown) {
        return with(flags.withAutoShutdown(autoShutdown));
    }

    // As a child

    /** As {@link Supervisor#name(Name)}. */
    public DynamicSupervisor<A, M> name(Name<Message<A, M>> name) {
        return with(options.withName(name));
    }

    /** Sets {@link ChildSpec#restart()}. */
    public DynamicSupervisor<A, M> restart(Restart restart) {
        return with(options.withRestart(restart));
    }

    /** Sets {@link ChildSpec#shutdown()}. */
    public DynamicSupervisor<A, M> shutdown(ShutdownMode mode) {
        return with(options.withShutdown(mode));
    }

    /** As {@link Child#significant()}. */
    public DynamicSupervisor<A, M> significant() {
        return with(options.asSignificant());
    }

    private DynamicSupervisor<A, M> with(ChildOptions<Message<A, M>> options) {
        return new DynamicSupervisor<>(options, flags, template);
    }

    private DynamicSupervisor<A, M> with(Flags flags) {
        return new DynamicSupervisor<>(options, flags, template);
    }

    // What it is

    /** How many restarts it may make within {@link #period()}. */
    public int intensity() {
        return flags.intensity();
    }

    public Duration period() {
        return flags.period();
    }

    public AutoShutdown autoShutdown() {
        return flags.autoShutdown();
    }

    public ChildTemplate<A, M> template() {
        return template;
    }

    Flags flags() {
        return flags;
    }

    @Override
    public String id() {
        return options.id();
    }

    @Override
    public ChildType type() {
        return options.type();
    }

    @Override
    public Optional<Name<Message<A, M>>> name() {
        return options.name();
    }

    @Override
    public Restart restart() {
        return options.restart();
    }

    @Override
    public ShutdownMode shutdown() {
        return options.shutdownMode();
    }

    @Override
    public boolean isSignificant() {
        return options.significant();
    }

    @Override
    public Optional<Duration> initDeadline() {
        return options.initDeadline();
    }

    /** For example {@code supervisor sessions}. */
    @Override
    public String toString() {
        return Specs.describe(this);
    }

    // What it does

    /**
     * Starts the supervisor in the process of {@code context}, whose actor this becomes.
     *
     * @throws TreeError if it contradicts itself
     */
    @Override
    public Actor<Message<A, M>> create(Context<Message<A, M>> context) {
        Specs.requireSound(this);
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
