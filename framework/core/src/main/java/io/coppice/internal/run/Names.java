package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Name;
import io.coppice.actor.Registry;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The names of a node, and who has them. */
final class Names implements Registry {

    private final LocalNode node;
    private final ConcurrentMap<String, LocalProcess<?>> holders = new ConcurrentHashMap<>();

    /** What waits for a name, for those names for which something may. */
    private final ConcurrentMap<String, Held> held = new ConcurrentHashMap<>();

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
        var holder = claim(name, process);
        if (holder != null) {
            return "the name \"" + name + "\" is taken by " + holder;
        }
        extras.name = name;
        node.tellNamed(process, name);
        return "";
    }

    /** Those who waited for the name come first. */
    private @Nullable LocalProcess<?> claim(String name, LocalProcess<?> process) {
        var waiting = held.get(name);
        if (waiting == null) {
            var holder = put(name, process);
            waiting = held.get(name); // somebody may have asked for it just now
            if (holder == null && waiting != null) {
                handOver(waiting, process);
            }
            return holder;
        }
        synchronized (waiting) {
            var holder = holder(name);
            if (holder != null) {
                return holder;
            }
            handOver(waiting, process);
            return put(name, process);
        }
    }

    private static void handOver(Held waiting, LocalProcess<?> process) {
        synchronized (waiting) {
            if (waiting.handTo(process)) {
                process.wake();
            }
        }
    }

    /**
     * @return who has it, if somebody else does. The dead have no names, even if nobody has been
     *     told of their death yet
     */
    private @Nullable LocalProcess<?> put(String name, LocalProcess<?> process) {
        var holder = holders.putIfAbsent(name, process);
        while (holder != null && holder.isDead()) {
            boolean mine = holders.replace(name, holder, process);
            holder = mine ? null : holders.putIfAbsent(name, process);
        }
        return holder;
    }

    /** What waits for {@code name}, or null if nothing may. */
    @Nullable Held held(String name) {
        return held.get(name);
    }

    @Override
    public void hold(Name<?> name, int capacity) {
        node.requireNoZombie();
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + ", must be 1 or more");
        }
        held.computeIfAbsent(name.value(), value -> new Held(node, value, capacity));
    }

    /** Nobody will take a name any more. */
    void close() {
        held.values().forEach(Held::close);
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
    <M> @Nullable LocalProcess<M> holder(Name<M> name) {
        return (LocalProcess<M>) holder(name.value());
    }

    @Override
    public <M> Optional<ActorRef<M>> lookup(Name<M> name) {
        node.scheduler.beforeAct();
        return Optional.ofNullable(holder(name));
    }

    @Override
    public <M> ActorRef<M> ref(Name<M> name) {
        return new NamedRef<>(node, requireNonNull(name, "name"));
    }
}
