package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Node;
import io.coppice.actor.Program;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A child that is an actor or a program. An immutable value; each option yields another one.
 *
 * <pre>{@code
 * worker("router", Router::new).restart(TRANSIENT).shutdown(within(ofSeconds(2)))
 * }</pre>
 *
 * @param <M> the messages the child understands
 */
public final class Child<M> extends Configured<M, Child<M>> {

    private final Body<M> body;

    /** Here and not in the body, of which there would be as many as children: one is enough. */
    private final @Nullable Object argument;

    private Child(ChildOptions<M> options, Body<M> body) {
        this(options, body, null);
    }

    /**
     * @param argument of a child that was made by a template, what makes it another than its
     *     siblings
     */
    Child(ChildOptions<M> options, Body<M> body, @Nullable Object argument) {
        super(options);
        this.body = body;
        this.argument = argument;
    }

    /**
     * A worker that is an actor, made anew for each start.
     *
     * @param id not blank, unique among its siblings
     * @throws IllegalArgumentException if {@code id} is blank
     */
    public static <M> Child<M> worker(String id, ActorFactory<M> factory) {
        return child(id, factory);
    }

    /**
     * A worker that is a program, run anew for each start. One that takes from a source first waits
     * by {@link io.coppice.actor.Inbox#awaitOpened()}.
     *
     * @param id not blank, unique among its siblings
     */
    public static <M> Child<M> worker(String id, Program<M> program) {
        return new Child<>(ChildOptions.of(id, ChildType.WORKER), new Body.OfProgram<>(program));
    }

    /**
     * A worker that is no process by nature: a server, a consumer, a pool. What {@code start}
     * returns is stopped when the child ends, whatever brings that about.
     *
     * {@snippet file="io/coppice/supervision/ServiceTest.java" region="service"}
     *
     * <p>{@code start} is the child's init, before others that start later are up: what must not
     * serve before them is a {@link #loop}, or an actor that starts it in {@link
     * io.coppice.actor.Actor#opened()}. It may block for as long as {@link #initDeadline} allows,
     * is interrupted by an order to stop, and fails the start if it throws. What it returned is
     * what {@link ChildStart.Started#info()} tells and {@code node.status(pid)} shows.
     *
     * <p>An order to stop runs {@code stop} in the child's process, which is gone when that has
     * returned, and crashes if it throws. If it takes longer than {@link #shutdown} allows, the
     * child is killed and {@code stop} interrupted. If the child is killed while it serves, {@code
     * stop} is called after its death, on another thread. In any case it is called once; and the
     * next incarnation waits until it has returned, as a part of its init, so that ports and files
     * are free. The death of its supervisor is an order to stop, that of anybody else linked to it
     * too, unless with {@code Normal}.
     *
     * <p>It understands no messages; its name, if it has one, is for finding its pid.
     *
     * @param id not blank, unique among its siblings
     * @param start called for each start; must not return null
     */
    public static <T> Child<Void> service(
            String id, Start<? extends T> start, Stop<? super T> stop) {
        requireNonNull(start, "start");
        return service(id, new Service<T>(of(start), stop, thing -> Optional.empty()));
    }

    /**
     * {@link #service(String, Start, Stop)} of something that can end by itself.
     *
     * <pre>{@code
     * service("listener", node -> bind(), Channel::close, Channel::closeFuture)
     * }</pre>
     *
     * @param end asked once for each start: a stage that fails if the thing does, which crashes the
     *     child with that exception, or completes when it is done, which ends the child with {@code
     *     Normal}. The thing is stopped all the same
     */
    public static <T> Child<Void> service(
            String id,
            Start<? extends T> start,
            Stop<? super T> stop,
            Function<? super T, ? extends CompletionStage<?>> end) {
        requireNonNull(start, "start");
        requireNonNull(end, "end");
        return service(id, new Service<T>(of(start), stop, thing -> Optional.of(end.apply(thing))));
    }

    /** {@link #service(String, Start, Stop)} of something that is stopped by closing it. */
    public static Child<Void> service(String id, Start<? extends AutoCloseable> start) {
        return service(id, start, AutoCloseable::close);
    }

    /**
     * A worker that is code which runs until it is interrupted, on a virtual thread of its own.
     *
     * <pre>{@code
     * loop("sweeper", node -> { while (true) sweep(expired.take()); })
     * }</pre>
     *
     * <p>It is entered when the child is opened: when all that start with it, up to the root, have
     * initialised. So it may take from a source at once.
     *
     * <p>If it returns, the child ends with {@code Normal}; if it throws, the child crashes. An
     * order to stop interrupts it, and the child is gone when it has come back. In all else it is a
     * {@link #service(String, Start, Stop) service}: two incarnations never run at once, even if
     * the first was killed and ignores interrupts.
     *
     * @param id not blank, unique among its siblings
     */
    public static Child<Void> loop(String id, Run body) {
        return service(id, Loop.service(body));
    }

    private static <T> Service.Opening<T> of(Start<? extends T> start) {
        return context -> start.start(context.node());
    }

    @SuppressWarnings("unchecked") // what it hears is its own: nobody can send it a Void
    private static Child<Void> service(String id, Service<?> service) {
        return worker(id, (Program<Void>) (Program<?>) service);
    }

    /**
     * How a service is started.
     *
     * @param <T> what is started
     */
    @FunctionalInterface
    public interface Start<T> {

        /**
         * Starts it, and returns when it serves.
         *
         * @param node on which the child runs: to find others by name, for example
         * @throws Exception to fail the start
         */
        T start(Node node) throws Exception;
    }

    /**
     * How a service is stopped.
     *
     * @param <T> what was started
     */
    @FunctionalInterface
    public interface Stop<T> {

        /**
         * Stops it, and returns when it has stopped.
         *
         * @throws Exception to have the child end as crashed
         */
        void stop(T started) throws Exception;
    }

    /** Code that runs until it is interrupted. */
    @FunctionalInterface
    public interface Run {

        /**
         * Runs it.
         *
         * @param node on which the child runs: to find others by name, for example
         * @throws Exception to have the child end as crashed
         */
        void run(Node node) throws Exception;
    }

    /**
     * A child whose factory may have anything inside: with {@link #supervisorType()} also a
     * supervisor, wrapped in code of yours.
     *
     * @param id not blank, unique among its siblings
     */
    public static <M> Child<M> child(String id, ActorFactory<M> factory) {
        return new Child<>(ChildOptions.of(id, ChildType.WORKER), new Body.OfActor<>(factory));
    }

    /** This child as one that has children of its own: with the defaults of such a one. */
    public Child<M> supervisorType() {
        return with(options.withType(ChildType.SUPERVISOR));
    }

    @Override
    Child<M> with(ChildOptions<M> options) {
        return new Child<>(options, body, argument);
    }

    Body<M> body() {
        return body;
    }

    /** For a body {@linkplain Body.OfEach of each}. */
    @Nullable Object argument() {
        return argument;
    }
}
