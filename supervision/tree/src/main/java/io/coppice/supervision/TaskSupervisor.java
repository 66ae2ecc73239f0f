package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorRef;
import io.coppice.actor.CallInterrupted;
import io.coppice.actor.CallTimeout;
import io.coppice.actor.CalleeEnded;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.Program;
import io.coppice.actor.Registry;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.supervision.Deputy.News;
import io.coppice.supervision.DynamicSupervisor.Message;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * A supervisor of tasks: code that runs once, each on a virtual thread of its own, and commonly has
 * a result. An immutable value; each option yields another one.
 *
 * {@snippet file="io/coppice/supervision/TaskSupervisorTest.java" region="tasks"}
 *
 * <p>Where it runs is found by its name, which is its id unless another one is set. Tasks are
 * temporary. Whatever becomes of one, be it that it is killed, refused, or that its supervisor is
 * killed or not there, its caller hears of it exactly once:
 *
 * <ul>
 *   <li>{@link #async}: the result as a message, a failure as the exit of a link
 *   <li>{@link #asyncNoLink}: a message for both
 *   <li>{@link #call}: the result returned, a failure thrown
 *   <li>{@link #start}: nothing, for nobody waits
 * </ul>
 *
 * <p>A task that is ended is interrupted. When the supervisor ends, so do its tasks, with {@code
 * Shutdown}, at once: a task does not trap exits.
 *
 * <p>Running it is a {@link DynamicSupervisor} whose children are started with a {@link Program},
 * and hears what that hears; so programs that do trap exits can be its children as well.
 *
 * @see <a href="https://hexdocs.pm/elixir/Task.Supervisor.html">Elixir's Task.Supervisor</a>
 */
public final class TaskSupervisor
        extends DerivedSupervisor<Message<Program<Void>, Void>, TaskSupervisor> {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final ChildTemplate<Program<Void>, Void> template;
    private final int maxChildren;

    private TaskSupervisor(
            ChildOptions<Message<Program<Void>, Void>> options,
            Flags flags,
            ChildTemplate<Program<Void>, Void> template,
            int maxChildren) {
        super(options, flags);
        this.template = template;
        this.maxChildren = maxChildren;
    }

    /**
     * A supervisor without tasks.
     *
     * @param id what it is called in logs and among its siblings, and its name; not blank
     */
    public static TaskSupervisor taskSupervisor(String id) {
        ChildOptions<Message<Program<Void>, Void>> options =
                ChildOptions.of(id, ChildType.SUPERVISOR);
        return new TaskSupervisor(
                options.withName(Name.of(id)),
                Flags.DEFAULTS,
                ChildTemplate.<Program<Void>, Void>of("task", Body.OfProgram::new)
                        .restart(Restart.TEMPORARY),
                DynamicSupervisor.UNLIMITED);
    }

    // To set

    /**
     * Sets how many tasks it may have at a time; any number by default. One more is not started,
     * and fails with {@code Custom(}{@link Refusal.MaxChildren}{@code )}.
     *
     * @param maxChildren zero or more
     * @throws IllegalArgumentException if {@code maxChildren} is negative
     */
    public TaskSupervisor maxChildren(int maxChildren) {
        return new TaskSupervisor(
                options, flags, template, DynamicSupervisor.requireMaxChildren(id(), maxChildren));
    }

    /**
     * Sets how its children are stopped, all at once; within 5 s by default. Matters for programs
     * that trap exits; a task ends at the signal.
     */
    public TaskSupervisor taskShutdown(ShutdownMode mode) {
        return new TaskSupervisor(options, flags, template.shutdown(mode), maxChildren);
    }

    @Override
    TaskSupervisor with(ChildOptions<Message<Program<Void>, Void>> options) {
        return new TaskSupervisor(options, flags, template, maxChildren);
    }

    @Override
    TaskSupervisor with(Flags flags) {
        return new TaskSupervisor(options, flags, template, maxChildren);
    }

    @Override
    DynamicSupervisor<Program<Void>, Void> basic() {
        return new DynamicSupervisor<>(options, flags, template, maxChildren);
    }

    // What it is

    /** How many tasks it may have at a time; empty for any number. */
    public OptionalInt maxChildren() {
        return basic().maxChildren();
    }

    /** How its children are stopped. */
    public ShutdownMode taskShutdown() {
        return template.shutdown();
    }

    /**
     * Its address, which survives its restarts.
     *
     * @param registry of the node on which this supervisor runs
     */
    public ActorRef<Message<Program<Void>, Void>> ref(Registry registry) {
        return registry.ref(options.name().orElseThrow());
    }

    // Tasks

    /**
     * Starts a task that is linked to the caller: the result arrives as a message, a failure as the
     * exit of a link, with the task's reason. If the caller ends so does the task; unless with
     * {@code Normal}, as with any link, when only the result is lost.
     *
     * @param context the caller's own; the method belongs to it, as those of the context do
     * @param work run in the task's process
     * @param done makes the message of the result; called once, in a process of the task's. If it
     *     throws, the task has failed
     * @see <a href="https://hexdocs.pm/elixir/Task.Supervisor.html#async/3">{@code async} in
     *     Elixir's Task.Supervisor</a>
     */
    public <M, R extends @Nullable Object> TaskRef async(
            Context<M> context, Callable<? extends R> work, Function<? super R, ? extends M> done) {
        requireNonNull(work, "work");
        requireNonNull(done, "done");
        var caller = context.self();
        var deputy =
                context.spawnLinked(
                        Deputy.<R>delivering(
                                ref(context.node().registry()),
                                work,
                                (result, itself) -> {
                                    caller.send(done.apply(result.value()));
                                    itself.unlink(caller.pid());
                                    return ExitReason.NORMAL;
                                }),
                        labelled());
        return new TaskRef(
                deputy.pid(),
                () -> {
                    context.unlinkAndFlush(deputy.pid());
                    context.kill(deputy.pid());
                });
    }

    /**
     * Starts a task that is not linked to the caller: its result or failure arrives as a message.
     * If the caller ends, the task goes on, and the result is lost.
     *
     * @param context the caller's own; the method belongs to it, as those of the context do
     * @param work run in the task's process
     * @param done makes the message; called when its turn comes, in the caller's process
     * @see <a href="https://hexdocs.pm/elixir/Task.Supervisor.html#async_nolink/3">{@code
     *     async_nolink} in Elixir's Task.Supervisor</a>
     */
    public <M, R extends @Nullable Object> TaskRef asyncNoLink(
            Context<M> context,
            Callable<? extends R> work,
            Function<? super TaskResult<R>, ? extends M> done) {
        requireNonNull(work, "work");
        requireNonNull(done, "done");
        var deputy =
                context.spawnMonitored(
                        Deputy.<R>delivering(
                                ref(context.node().registry()),
                                work,
                                (result, itself) -> ExitReason.shutdown(result)),
                        labelled(),
                        down -> done.apply(TaskSupervisor.<R>result(down.reason())));
        var pid = deputy.ref().pid();
        return new TaskRef(
                pid,
                () -> {
                    context.demonitorAndFlush(deputy.monitor());
                    context.kill(pid);
                });
    }

    @SuppressWarnings("unchecked") // a deputy ends with what its own task has returned
    private static <R extends @Nullable Object> TaskResult<R> result(ExitReason reason) {
        return reason instanceof ExitReason.Shutdown(News.Finished<?> finished)
                ? new TaskResult.Done<>((R) finished.value())
                : new TaskResult.Failed<>(reason);
    }

    /**
     * Starts a task whose result nobody waits for. That it was refused is logged; that there is no
     * supervisor is not noticed.
     *
     * @param node on which this supervisor runs
     * @param work run in the task's process
     * @see <a href="https://hexdocs.pm/elixir/Task.Supervisor.html#start_child/3">{@code
     *     start_child} in Elixir's Task.Supervisor</a>
     */
    public void start(Node node, Work work) {
        requireNonNull(work, "work");
        Program<Void> program =
                (context, inbox) -> {
                    context.started();
                    work.run();
                };
        ref(node.registry()).send(new Message.StartChild<>(program, this::report));
    }

    /** What a task does whose result nobody waits for. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does it.
         *
         * @throws Exception to have the task end as crashed
         */
        void run() throws Exception;
    }

    private void report(ChildStart<Void> answer) {
        if (answer instanceof ChildStart.Refused<Void>(var why)) {
            LOG.warn("{}: a task was refused: {}", id(), why);
        }
    }

    /**
     * Runs a task and waits for its result. Made for code outside of processes; a process that
     * calls waits, and handles no message meanwhile.
     *
     * @param node on which this supervisor runs
     * @param work run in the task's process
     * @param timeout how long to wait; greater than zero
     * @throws ExecutionException with what the task threw
     * @throws RejectedExecutionException if the supervisor has as many tasks as it may have
     * @throws CallTimeout if the task takes longer; it is killed
     * @throws CallInterrupted if the calling thread is interrupted; the task is killed
     * @throws CalleeEnded if the task ended otherwise, or there is no supervisor: with the reason
     */
    public <R extends @Nullable Object> R call(
            Node node, Callable<? extends R> work, Duration timeout) throws ExecutionException {
        requireNonNull(work, "work");
        var deputy =
                node.spawn(Deputy.<R>answering(ref(node.registry()), work), this.<R>labelled());
        try {
            return deputy.<TaskResult.Done<R>>call(News.Begin::new, timeout).value();
        } catch (CalleeEnded ended) {
            if (ended.reason() instanceof ExitReason.Crashed(var thrown)) {
                throw new ExecutionException(thrown);
            }
            if (ended.reason() instanceof ExitReason.Custom(Refusal why)) {
                throw new RejectedExecutionException(id() + " refused a task: " + why);
            }
            throw ended;
        } catch (RuntimeException notWaitedFor) {
            node.kill(deputy.pid());
            throw notWaitedFor;
        }
    }

    private <R extends @Nullable Object> SpawnOptions<News<R>> labelled() {
        return SpawnOptions.<News<R>>defaults().withLabel("task of " + id());
    }
}
