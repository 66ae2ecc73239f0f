package io.coppice.supervision;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Program;

import java.time.Duration;
import java.util.Optional;

/**
 * A child that is an actor or a program. An immutable value; each option yields another one.
 *
 * <pre>{@code
 * worker("router", Router::new).restart(TRANSIENT).shutdown(within(ofSeconds(2)))
 * }</pre>
 *
 * @param <M> the messages the child understands
 */
public final class Child<M> implements ChildSpec<M> {

    private final ChildOptions<M> options;
    private final Body<M> body;

    Child(ChildOptions<M> options, Body<M> body) {
        this.options = options;
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

    /**
     * Lets each incarnation of the child take {@code name} before anything else. If a process has
     * it that a killed supervisor left behind, the child waits for its end, as a part of its init.
     */
    public Child<M> name(Name<M> name) {
        return with(options.withName(name));
    }

    /** Sets {@link ChildSpec#restart()}. */
    public Child<M> restart(Restart restart) {
        return with(options.withRestart(restart));
    }

    /** Sets {@link ChildSpec#shutdown()}. */
    public Child<M> shutdown(ShutdownMode mode) {
        return with(options.withShutdown(mode));
    }

    /**
     * Lets the end of the child count for {@link AutoShutdown}, which must not be {@code NEVER}
     * then; nor may the child be permanent.
     */
    public Child<M> significant() {
        return with(options.asSignificant());
    }

    /**
     * Kills the child if its init takes longer, which is a failed start.
     *
     * @param deadline greater than zero
     */
    public Child<M> initDeadline(Duration deadline) {
        return with(options.withInitDeadline(deadline));
    }

    /** Lets init take as long as it will. */
    public Child<M> withoutInitDeadline() {
        return with(options.withoutInitDeadline());
    }

    private Child<M> with(ChildOptions<M> options) {
        return new Child<>(options, body);
    }

    Body<M> body() {
        return body;
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
    public Optional<Name<M>> name() {
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

    /** For example {@code worker ledger}. */
    @Override
    public String toString() {
        return Specs.describe(this);
    }
}
