package io.coppice.supervision;

import io.coppice.actor.MailboxBound;
import io.coppice.actor.Name;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The options that children of every kind have.
 *
 * @param <S> the kind: each option yields another one of it
 */
abstract sealed class Configured<M, S extends Configured<M, S>> implements ChildSpec<M>
        permits Child, ConfiguredSupervisor {

    final ChildOptions<M> options;

    Configured(ChildOptions<M> options) {
        this.options = options;
    }

    abstract S with(ChildOptions<M> options);

    // To set

    /**
     * Lets each incarnation take {@code name} before anything else; a root too. If a process has it
     * that a killed supervisor left behind, the child waits for its end, as a part of its init.
     */
    public final S name(Name<M> name) {
        return with(options.withName(name));
    }

    /**
     * Has up to {@code capacity} messages wait while nobody has the {@linkplain #name name} of the
     * child, for its next incarnation; one too many is refused. Otherwise they are refused at once.
     *
     * @param capacity 1 or more
     * @throws IllegalArgumentException if it is not, or if the child has no name yet
     * @see io.coppice.actor.Registry#hold
     */
    public final S holding(int capacity) {
        return with(options.withHolding(capacity));
    }

    /** Sets {@link ChildSpec#mailbox()}. */
    public final S mailbox(MailboxBound bound) {
        return with(options.withMailbox(bound));
    }

    /** Sets {@link ChildSpec#restart()}. */
    public final S restart(Restart restart) {
        return with(options.withRestart(restart));
    }

    /** Sets {@link ChildSpec#backoff()}: each restart waits, and longer if it keeps failing. */
    public final S backoff(Backoff backoff) {
        return with(options.withBackoff(backoff));
    }

    /**
     * Sets {@link ChildSpec#shutdown()}. For a supervisor less than {@link
     * ShutdownMode#patiently()} may kill it before it has stopped its children.
     */
    public final S shutdown(ShutdownMode mode) {
        return with(options.withShutdown(mode));
    }

    /**
     * Lets the end of the child count for {@link AutoShutdown}, which must not be {@code NEVER}
     * then; nor may the child be permanent.
     */
    public final S significant() {
        return with(options.asSignificant());
    }

    /**
     * Kills the child if its init takes longer, which is a failed start. The init of a supervisor
     * is the start of all its children.
     *
     * @param deadline greater than zero
     * @throws IllegalArgumentException if it is not
     */
    public final S initDeadline(Duration deadline) {
        return with(options.withInitDeadline(deadline));
    }

    /** Lets init take as long as it will. */
    public final S withoutInitDeadline() {
        return with(options.withoutInitDeadline());
    }

    /**
     * Says that the child sends to whoever has one of {@code names}, besides those said before.
     * Nothing is done about it; {@link Supervisor#check() check()} compares it with the order of
     * the children.
     */
    public final S uses(Name<?>... names) {
        return with(options.withUses(names));
    }

    // To read

    @Override
    public final String id() {
        return options.id();
    }

    @Override
    public final ChildType type() {
        return options.type();
    }

    @Override
    public final Optional<Name<M>> name() {
        return options.name();
    }

    @Override
    public final int holding() {
        return options.holding();
    }

    @Override
    public final Optional<MailboxBound> mailbox() {
        return options.mailbox();
    }

    @Override
    public final Restart restart() {
        return options.restart();
    }

    @Override
    public final Optional<Backoff> backoff() {
        return options.backoff();
    }

    @Override
    public final ShutdownMode shutdown() {
        return options.shutdownMode();
    }

    @Override
    public final boolean isSignificant() {
        return options.significant();
    }

    @Override
    public final Optional<Duration> initDeadline() {
        return options.initDeadline();
    }

    @Override
    public final Set<Name<?>> uses() {
        return options.uses();
    }

    /** For example {@code worker ledger}. */
    @Override
    public final String toString() {
        return Specs.describe(this);
    }
}
