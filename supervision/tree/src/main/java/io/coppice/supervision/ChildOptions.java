package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.MailboxBound;
import io.coppice.actor.Name;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What all kinds of children have in common.
 *
 * @param holding how many messages may wait for its name while nobody has it; 0 for none
 * @param shutdown empty for the default of {@code type}
 * @param initLimit empty for the default of {@code type}
 * @param uses the names it sends to, in the order in which they were given
 */
record ChildOptions<M>(
        String id,
        ChildType type,
        Optional<Name<M>> name,
        int holding,
        Optional<MailboxBound> mailbox,
        Restart restart,
        Optional<Backoff> backoff,
        Optional<ShutdownMode> shutdown,
        boolean significant,
        Optional<Limit> initLimit,
        Set<Name<?>> uses) {

    /** At most {@code duration}; empty for no limit. */
    record Limit(Optional<Duration> duration) {}

    ChildOptions {
        requireNonNull(id, "id");
        requireNonNull(type, "type");
        if (id.isBlank()) {
            throw new IllegalArgumentException("child id is blank: \"" + id + "\"");
        }
    }

    static <M> ChildOptions<M> of(String id, ChildType type) {
        return new ChildOptions<>(
                id,
                type,
                Optional.empty(),
                0,
                Optional.empty(),
                Restart.PERMANENT,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Set.of());
    }

    ShutdownMode shutdownMode() {
        return shutdown.orElse(type.defaultShutdown());
    }

    Optional<Duration> initDeadline() {
        return initLimit.isPresent() ? initLimit.get().duration() : type.defaultInitDeadline();
    }

    private <T> T given(T value, String what) {
        return requireNonNull(value, () -> what + " of " + id + " is null");
    }

    // Other options

    /** Options while they are being changed. */
    private static final class Draft<M> {
        String id;
        ChildType type;
        Optional<Name<M>> name;
        int holding;
        Optional<MailboxBound> mailbox;
        Restart restart;
        Optional<Backoff> backoff;
        Optional<ShutdownMode> shutdown;
        boolean significant;
        Optional<Limit> initLimit;
        Set<Name<?>> uses;

        Draft(ChildOptions<M> of) {
            id = of.id;
            type = of.type;
            name = of.name;
            holding = of.holding;
            mailbox = of.mailbox;
            restart = of.restart;
            backoff = of.backoff;
            shutdown = of.shutdown;
            significant = of.significant;
            initLimit = of.initLimit;
            uses = of.uses;
        }

        ChildOptions<M> options() {
            return new ChildOptions<>(
                    id,
                    type,
                    name,
                    holding,
                    mailbox,
                    restart,
                    backoff,
                    shutdown,
                    significant,
                    initLimit,
                    uses);
        }
    }

    private ChildOptions<M> with(Consumer<Draft<M>> change) {
        var draft = new Draft<>(this);
        change.accept(draft);
        return draft.options();
    }

    ChildOptions<M> withId(String id) {
        return with(draft -> draft.id = id);
    }

    ChildOptions<M> withType(ChildType type) {
        return with(draft -> draft.type = type);
    }

    ChildOptions<M> withName(Name<M> name) {
        return with(draft -> draft.name = Optional.of(given(name, "name")));
    }

    ChildOptions<M> withHolding(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "holding of " + id + ": " + capacity + ", must be 1 or more");
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "holding of " + id + ": it has no name for which messages could be held");
        }
        return with(draft -> draft.holding = capacity);
    }

    ChildOptions<M> withMailbox(MailboxBound bound) {
        return with(draft -> draft.mailbox = Optional.of(given(bound, "mailbox")));
    }

    ChildOptions<M> withRestart(Restart restart) {
        return with(draft -> draft.restart = given(restart, "restart"));
    }

    ChildOptions<M> withBackoff(Backoff backoff) {
        return with(draft -> draft.backoff = Optional.of(given(backoff, "backoff")));
    }

    ChildOptions<M> withShutdown(ShutdownMode mode) {
        return with(draft -> draft.shutdown = Optional.of(given(mode, "shutdown")));
    }

    ChildOptions<M> asSignificant() {
        return with(draft -> draft.significant = true);
    }

    ChildOptions<M> withInitDeadline(Duration deadline) {
        if (!given(deadline, "initDeadline").isPositive()) {
            throw new IllegalArgumentException("initDeadline of " + id + ": " + deadline);
        }
        return with(draft -> draft.initLimit = Optional.of(new Limit(Optional.of(deadline))));
    }

    ChildOptions<M> withoutInitDeadline() {
        return with(draft -> draft.initLimit = Optional.of(new Limit(Optional.empty())));
    }

    ChildOptions<M> withUses(Name<?>... names) {
        var all = new LinkedHashSet<>(uses);
        for (var name : names) {
            all.add(given(name, "name in uses"));
        }
        return with(draft -> draft.uses = Collections.unmodifiableSet(all));
    }
}
