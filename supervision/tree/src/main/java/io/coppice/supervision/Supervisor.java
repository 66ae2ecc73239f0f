package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.actor.NodeOptions;
import io.coppice.actor.ReplyTo;
import io.coppice.process.ExitReason;

import java.util.List;
import java.util.Optional;

/**
 * A supervisor and its children: started in order, restarted when they fail, stopped in reverse. An
 * immutable value; each option yields another one. Options come first, children last, so that
 * indentation is the tree:
 *
 * {@snippet file="io/coppice/supervision/ShopTest.java" region="tree"}
 *
 * <p>It is its own factory: {@code Node.start(SHOP)} starts it as the root of a node, {@code
 * context.startLinked(SHOP, ...)} below a process, and a factory of yours can wrap it: {@code
 * context -> { ...; return SHOP.create(context); }}. Its start is done when all children are up. If
 * one cannot be started, those before it are stopped again, the last first, and the supervisor ends
 * with {@code Shutdown(}{@link FailedToStartChild}{@code )}; nothing is tried twice.
 *
 * <p>A running supervisor traps exits and serves one {@link Message} at a time, in order; while a
 * child is being started or stopped, messages wait. Its parent ends it, by an exit signal or by
 * dying; for a root the node does. That does not wait for an operation that has been under way for
 * 100 ms: a child that hangs in its init is stopped like the others. The supervisor stops its
 * children in reverse order, and ends with the same reason. When it has to restart more often than
 * allowed it gives up: it ends likewise, with {@code Shutdown(}{@link GaveUp}{@code )}.
 *
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/supervisor.html">OTP's supervisor</a>
 */
public final class Supervisor extends ConfiguredSupervisor<Supervisor.Message, Supervisor> {

    private final Strategy strategy;
    private final List<ChildSpec<?>> children;

    Supervisor(
            ChildOptions<Message> options,
            Strategy strategy,
            Flags flags,
            List<ChildSpec<?>> children) {
        super(options, flags);
        this.strategy = requireNonNull(strategy, "strategy");
        this.children = children;
    }

    /**
     * A supervisor without children.
     *
     * @param id what it is called in logs and among its siblings; not blank
     * @throws IllegalArgumentException if {@code id} is blank
     */
    public static Supervisor supervisor(String id, Strategy strategy) {
        return new Supervisor(
                ChildOptions.of(id, ChildType.SUPERVISOR), strategy, Flags.DEFAULTS, List.of());
    }

    /**
     * Sets the children, in the order in which they are started.
     *
     * @throws TreeError if the tree contradicts itself, with everything that is wrong with it. It
     *     is checked again when it is started, for options may follow
     */
    public Supervisor children(ChildSpec<?>... children) {
        for (int i = 0; i < children.length; i++) {
            int number = i + 1;
            requireNonNull(children[i], () -> "child " + number + " of " + id() + " is null");
        }
        var tree = new Supervisor(options, strategy, flags, List.of(children));
        Specs.requireSound(tree);
        return tree;
    }

    @Override
    Supervisor with(ChildOptions<Message> options) {
        return new Supervisor(options, strategy, flags, children);
    }

    @Override
    Supervisor with(Flags flags) {
        return new Supervisor(options, strategy, flags, children);
    }

    // What it is

    /** What is restarted with a child. */
    public Strategy strategy() {
        return strategy;
    }

    /** In the order in which they are started. */
    public List<ChildSpec<?>> children() {
        return children;
    }

    // What it does

    /**
     * Starts the tree in the process of {@code context}, whose actor this becomes.
     *
     * @throws TreeError if the tree contradicts itself
     */
    @Override
    public Actor<Message> create(Context<Message> context) {
        TreeCheck.beforeStart(this, context);
        return SupervisorActor.of(this, context);
    }

    /**
     * Runs the tree as a program: starts it on a node of its own, waits until it has ended, and
     * closes the node. When the JVM is told to end meanwhile, by SIGTERM or SIGINT, it stops the
     * tree in order and waits for that, as long as the shutdown modes of the children allow; its
     * {@link io.coppice.actor.ShutdownReport} is logged under {@code io.coppice.node}.
     *
     * <p>Made for {@code System.exit(SHOP.run())}. A JVM that ends by a signal has the exit code of
     * that signal, as any (143 for SIGTERM).
     *
     * @return 0 if the tree ended with {@code Normal} or {@code Shutdown}; 1 if it did not start,
     *     gave up or ended with anything else, which is then said on standard error
     */
    public int run() {
        return run(NodeOptions.defaults());
    }

    /** {@link #run()}, on a node with {@code options}: with listeners, for instance. */
    public int run(NodeOptions options) {
        return new TreeRun(this, options).await();
    }

    /** What a supervisor hears. */
    public sealed interface Message permits Message.Request, Inner {

        /** What a supervisor can be asked. Requests are served one at a time, in order. */
        sealed interface Request extends Message {}

        /** Starts a new child, the last in the order. If it does not start it is forgotten. */
        record StartChild<M>(ChildSpec<M> child, ReplyTo<ChildStart<M>> replyTo)
                implements Request {
            public StartChild {
                requireNonNull(child, "child");
                requireNonNull(replyTo, "replyTo");
            }
        }

        /**
         * Stops a child, which is not restarted. Its specification stays, unless it is temporary.
         * Done as well if it does not run.
         */
        record TerminateChild(String id, ReplyTo<Outcome> replyTo) implements Request {
            public TerminateChild {
                requireNonNull(id, "id");
                requireNonNull(replyTo, "replyTo");
            }
        }

        /** Starts a child that was stopped. Does not count as a restart. */
        record RestartChild(String id, ReplyTo<ChildStart<?>> replyTo) implements Request {
            public RestartChild {
                requireNonNull(id, "id");
                requireNonNull(replyTo, "replyTo");
            }
        }

        /** Forgets a child that does not run. */
        record DeleteChild(String id, ReplyTo<Outcome> replyTo) implements Request {
            public DeleteChild {
                requireNonNull(id, "id");
                requireNonNull(replyTo, "replyTo");
            }
        }

        /** Lists the children, the newest first. */
        record WhichChildren(ReplyTo<List<ChildInfo>> replyTo) implements Request {
            public WhichChildren {
                requireNonNull(replyTo, "replyTo");
            }
        }

        /** Counts the children. */
        record CountChildren(ReplyTo<ChildCount> replyTo) implements Request {
            public CountChildren {
                requireNonNull(replyTo, "replyTo");
            }
        }

        /** Asks for the specification of a child; the answer is empty if there is none. */
        record GetChildSpec(String id, ReplyTo<Optional<ChildSpec<?>>> replyTo) implements Request {
            public GetChildSpec {
                requireNonNull(id, "id");
                requireNonNull(replyTo, "replyTo");
            }
        }

        /**
         * Stops the children in reverse order and ends with {@code reason}, as OTP's {@code
         * gen_server:stop}. Its end is the answer: {@code node.ended(pid)}, or a monitor.
         */
        record Stop(ExitReason reason) implements Request {
            public Stop {
                requireNonNull(reason, "reason");
            }
        }
    }
}
