package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorRef;
import io.coppice.actor.CalleeEnded;
import io.coppice.actor.Fates.Refused;
import io.coppice.actor.Name;
import io.coppice.actor.NoSuchProcess;
import io.coppice.actor.Registry;
import io.coppice.actor.ReplyTo;
import io.coppice.process.Pid;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The names of a node, and who has them. */
final class Names implements Registry {

    private final LocalNode node;
    private final ConcurrentMap<String, LocalProcess<?>> holders = new ConcurrentHashMap<>();

    Names(LocalNode node) {
        this.node = node;
    }

    @Override
    public <M> void register(Name<M> name, ActorRef<M> process) {
        node.requireNoZombie();
        register(name.value(), LocalProcess.of(process.pid()));
    }

    void register(String name, LocalProcess<?> process) {
        var refusal = process.withExtras(extras -> take(name, process, extras));
        if (refusal == null) {
            throw new IllegalArgumentException(process + " has ended; it cannot take " + name);
        }
        if (!refusal.isEmpty()) {
            throw new IllegalArgumentException(refusal);
        }
    }

    /** Under the lock of {@code process}, which therefore does not die meanwhile. */
    private String take(String name, LocalProcess<?> process, Extras extras) {
        if (extras.name != null) {
            return "%s has the name \"%s\" already; it cannot take \"%s\""
                    .formatted(process, extras.name, name);
        }
        var holder = holders.putIfAbsent(name, process);
        // The dead have no names, even if nobody has been told of their death yet.
        while (holder != null && holder.isDead()) {
            boolean mine = holders.replace(name, holder, process);
            holder = mine ? null : holders.putIfAbsent(name, process);
        }
        if (holder != null) {
            return "the name \"" + name + "\" is taken by " + holder;
        }
        extras.name = name;
        node.tellNamed(process, name);
        return "";
    }

    @Override
    public void unregister(Name<?> name) {
        node.requireNoZombie();
        var holder = holder(name.value());
        Object gone =
                holder == null
                        ? null
                        : holder.withExtras(
                                extras -> {
                                    if (!name.value().equals(extras.name)) {
                                        return false;
                                    }
                                    extras.name = null;
                                    return holders.remove(name.value(), holder);
                                });
        if (!Boolean.TRUE.equals(gone)) {
            throw new IllegalArgumentException("nobody has the name " + name);
        }
    }

    /** The holder is dead: the name is free. */
    void free(String name, LocalProcess<?> holder) {
        holders.remove(name, holder);
    }

    @Nullable LocalProcess<?> holder(String name) {
        var holder = holders.get(name);
        return holder == null || holder.isDead() ? null : holder;
    }

    @SuppressWarnings("unchecked") // a name says what its holder understands
    private <M> @Nullable LocalProcess<M> holder(Name<M> name) {
        return (LocalProcess<M>) holder(name.value());
    }

    @Override
    public <M> Optional<ActorRef<M>> lookup(Name<M> name) {
        node.scheduler.beforeAct();
        return Optional.ofNullable(holder(name));
    }

    @Override
    public <M> ActorRef<M> ref(Name<M> name) {
        return new NamedRef<>(requireNonNull(name, "name"));
    }

    /** Whoever has the name at the moment of use. */
    private final class NamedRef<M> implements ActorRef<M> {
        private final Name<M> name;

        NamedRef(Name<M> name) {
            this.name = name;
        }

        @Override
        public void send(M message) {
            requireNonNull(message, "message");
            var holder = holder(name);
            if (holder == null) {
                node.tally().refused(Refused.NO_SUCH_NAME);
            } else {
                holder.send(message);
            }
        }

        @Override
        public <R> R call(Function<ReplyTo<R>, ? extends M> request, Duration timeout) {
            var holder = holder(name);
            if (holder == null) {
                throw CalleeEnded.nobody(name);
            }
            return holder.call(request, timeout);
        }

        @Override
        public Pid pid() {
            var holder = holder(name);
            if (holder == null) {
                throw new NoSuchProcess("nobody has the name " + name);
            }
            return holder;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NamedRef<?> that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return name.toString();
        }
    }
}
