package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Name;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What all kinds of children have in common.
 *
 * @param shutdown empty for the default of {@code type}
 * @param initLimit empty for the default of {@code type}
 * @param uses the names it sends to, in the order in which they were given
 */
record ChildOptions<M>(
        String id,
        ChildType type,
        Optional<Name<M>> name,
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
        requireNonNull(restart, "restart");
        if (id.isBlank()) {
            throw new IllegalArgumentException("child id is blank: \"" + id + "\"");
        }
    }

    static <M> ChildOptions<M> of(String id, ChildType type) {
        return new ChildOptions<>(
                id,
                type,
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

    ChildOptions<M> withType(ChildType type) {
        return new ChildOptions<>(
                id, type, name, restart, backoff, shutdown, significant, initLimit, uses);
    }

    ChildOptions<M> withName(Name<M> name) {
        return new ChildOptions<>(
                id,
                type,
                Optional.of(name),
                restart,
                backoff,
                shutdown,
                significant,
                initLimit,
                uses);
    }

    ChildOptions<M> withRestart(Restart restart) {
        return new ChildOptions<>(
                id, type, name, restart, backoff, shutdown, significant, initLimit, uses);
    }

    ChildOptions<M> withBackoff(Backoff backoff) {
        return new ChildOptions<>(
                id,
                type,
                name,
                restart,
                Optional.of(backoff),
                shutdown,
                significant,
                initLimit,
                uses);
    }

    ChildOptions<M> withShutdown(ShutdownMode mode) {
        return new ChildOptions<>(
                id, type, name, restart, backoff, Optional.of(mode), significant, initLimit, uses);
    }

    ChildOptions<M> asSignificant() {
        return new ChildOptions<>(
                id, type, name, restart, backoff, shutdown, true, initLimit, uses);
    }

    ChildOptions<M> withInitDeadline(Duration deadline) {
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("initDeadline of " + id + ": " + deadline);
        }
        return withInitLimit(Optional.of(deadline));
    }

    ChildOptions<M> withoutInitDeadline() {
        return withInitLimit(Optional.empty());
    }

    private ChildOptions<M> withInitLimit(Optional<Duration> duration) {
        return new ChildOptions<>(
                id,
                type,
                name,
                restart,
                backoff,
                shutdown,
                significant,
                Optional.of(new Limit(duration)),
                uses);
    }

    ChildOptions<M> withUses(Name<?>... names) {
        var all = new LinkedHashSet<>(uses);
        all.addAll(List.of(names));
        return new ChildOptions<>(
                id,
                type,
                name,
                restart,
                backoff,
                shutdown,
                significant,
                initLimit,
                Collections.unmodifiableSet(all));
    }
}
