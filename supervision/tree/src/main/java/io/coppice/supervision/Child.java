package io.coppice.supervision;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Program;

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

    Child(ChildOptions<M> options, Body<M> body) {
        super(options);
        this.body = body;
    }

    /**
     * A worker that is an actor, made anew for each start.
     *
     * @param id not blank, unique among its siblings
     */
    public static <M> Child<M> worker(String id, ActorFactory<M> factory) {
        return child(id, factory);
    }

    /**
     * A worker that is a program, run anew for each start.
     *
     * @param id not blank, unique among its siblings
     */
    public static <M> Child<M> worker(String id, Program<M> program) {
        return new Child<>(ChildOptions.of(id, ChildType.WORKER), new Body.OfProgram<>(program));
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
        return new Child<>(options, body);
    }

    Body<M> body() {
        return body;
    }
}
