package io.coppice.supervision;

import io.coppice.actor.MailboxBound;
import io.coppice.actor.Name;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a supervisor has to know about one child. An immutable value: a worker made by {@link
 * Child#worker}, or a supervisor.
 *
 * @param <M> the messages the child understands
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/supervisor.html#t:child_spec/0">{@code
 *     child_spec()} in OTP's supervisor</a>
 */
public sealed interface ChildSpec<M> permits Configured {

    /** What the child is called among its siblings: not blank, and unique among them. */
    String id();

    /** What the child is. */
    ChildType type();

    /** The name under which the child can be found while it runs. */
    Optional<Name<M>> name();

    /** How many messages wait for its name while nobody has it; 0, none, by default. */
    int holding();

    /** How many messages may wait in its mailbox; empty, any number, by default. */
    Optional<MailboxBound> mailbox();

    /** Whether it is started again; {@link Restart#PERMANENT} by default. */
    Restart restart();

    /** How long a restart of it waits; empty, not at all, by default. */
    Optional<Backoff> backoff();

    /** How it is stopped; the default depends on {@link #type()}. */
    ShutdownMode shutdown();

    /** Whether its end counts for {@link AutoShutdown}; false by default. */
    boolean isSignificant();

    /** How long its init may take; empty for no limit. The default depends on {@link #type()}. */
    Optional<Duration> initDeadline();

    /** The names it sends to, as far as it says so; none by default. */
    Set<Name<?>> uses();
}
