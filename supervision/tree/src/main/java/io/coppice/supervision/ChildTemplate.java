package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.MailboxBound;
import io.coppice.actor.Name;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What all children of a {@link DynamicSupervisor} have in common. An immutable value; each option
 * yields another one. The options are those of {@link Child}; there is no name, for there may be
 * any number of children.
 *
 * @param <A> the argument with which a child is started
 * @param <M> the messages a child understands
 */
public final class ChildTemplate<A, M> {

    private final ChildOptions<M> options;
    private final Function<A, Body<M>> body;

    private ChildTemplate(ChildOptions<M> options, Function<A, Body<M>> body) {
        this.options = options;
        this.body = body;
    }

    /**
     * Children that are workers, made by {@code factory}.
     *
     * @param id what the children are called in logs; not blank
     */
    public static <A, M> ChildTemplate<A, M> each(String id, ChildFactory<A, M> factory) {
        var each = new Body.OfEach<>(requireNonNull(factory, "factory"));
        return of(id, argument -> each);
    }

    /** Children that are workers, each with the body of its argument. */
    static <A, M> ChildTemplate<A, M> of(String id, Function<A, Body<M>> body) {
        return new ChildTemplate<>(ChildOptions.of(id, ChildType.WORKER), body);
    }

    /** As {@link Child#supervisorType() Child.supervisorType}. */
    public ChildTemplate<A, M> supervisorType() {
        return with(options.withType(ChildType.SUPERVISOR));
    }

    /** As {@link Child#restart(Restart) Child.restart}. */
    public ChildTemplate<A, M> restart(Restart restart) {
        return with(options.withRestart(restart));
    }

    /** As {@link Child#backoff(Backoff) Child.backoff}. */
    public ChildTemplate<A, M> backoff(Backoff backoff) {
        return with(options.withBackoff(backoff));
    }

    /**
     * As {@link Child#shutdown(ShutdownMode) Child.shutdown}; when all are stopped, the time is for
     * all.
     */
    public ChildTemplate<A, M> shutdown(ShutdownMode mode) {
        return with(options.withShutdown(mode));
    }

    /** As {@link Child#mailbox(MailboxBound) Child.mailbox}. */
    public ChildTemplate<A, M> mailbox(MailboxBound bound) {
        return with(options.withMailbox(bound));
    }

    /** As {@link Child#significant() Child.significant}. */
    public ChildTemplate<A, M> significant() {
        return with(options.asSignificant());
    }

    /** As {@link Child#initDeadline(Duration) Child.initDeadline}. */
    public ChildTemplate<A, M> initDeadline(Duration deadline) {
        return with(options.withInitDeadline(deadline));
    }

    /** As {@link Child#withoutInitDeadline() Child.withoutInitDeadline}. */
    public ChildTemplate<A, M> withoutInitDeadline() {
        return with(options.withoutInitDeadline());
    }

    /** As {@link Child#uses(Name...) Child.uses}. */
    public ChildTemplate<A, M> uses(Name<?>... names) {
        return with(options.withUses(names));
    }

    private ChildTemplate<A, M> with(ChildOptions<M> options) {
        return new ChildTemplate<>(options, body);
    }

    /** One child. The factory is called in the child's process, where it may fail. */
    Child<M> with(A argument) {
        return new Child<>(options, body.apply(argument), argument);
    }

    /** One child that can be told apart. */
    Child<M> with(A argument, String id) {
        return new Child<>(options.withId(id), body.apply(argument), argument);
    }

    /** Any of the children, to be looked at and not to be started. */
    Child<M> pattern() {
        return new Child<>(
                options,
                new Body.OfActor<>(
                        context -> {
                            throw new IllegalStateException("not a child, but a template: " + id());
                        }),
                null);
    }

    /** What the children are called. */
    public String id() {
        return options.id();
    }

    /** What each of the children is. */
    public ChildType type() {
        return options.type();
    }

    /** Whether they are started again; {@link Restart#PERMANENT} by default. */
    public Restart restart() {
        return options.restart();
    }

    /** How long a restart waits; empty, not at all, by default. */
    public Optional<Backoff> backoff() {
        return options.backoff();
    }

    /** How they are stopped; the default depends on {@link #type()}. */
    public ShutdownMode shutdown() {
        return options.shutdownMode();
    }

    /** Whether the end of one counts for {@link AutoShutdown}; false by default. */
    public boolean isSignificant() {
        return options.significant();
    }

    /** How long the init of a child may take; empty for no limit. */
    public Optional<Duration> initDeadline() {
        return options.initDeadline();
    }

    /** The names a child sends to, as far as it says so. */
    public Set<Name<?>> uses() {
        return options.uses();
    }
}
