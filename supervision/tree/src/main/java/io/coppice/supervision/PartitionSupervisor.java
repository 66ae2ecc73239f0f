package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Name;
import io.coppice.actor.Registry;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A supervisor of a fixed number of equal children, the partitions, among which keys are divided.
 * An immutable value; each option yields another one.
 *
 * {@snippet file="io/coppice/supervision/PartitionSupervisorTest.java" region="partitions"}
 *
 * <p>Its partitions are numbered from 0 and started with their number, in that order; each is
 * restarted alone. A partition has the id {@code shard-3} and the name {@code shards/shard-3}, if
 * the ids of template and supervisor are those, so two such supervisors on a node need different
 * ids. Running it is a {@link Supervisor} with the strategy {@link Strategy#ONE_FOR_ONE}, and hears
 * what that hears.
 *
 * @param <M> the messages a partition understands
 * @see <a href="https://hexdocs.pm/elixir/PartitionSupervisor.html">Elixir's
 *     PartitionSupervisor</a>
 */
public final class PartitionSupervisor<M>
        extends DerivedSupervisor<Supervisor.Message, PartitionSupervisor<M>> {

    private final int partitions;
    private final ChildTemplate<Integer, M> template;

    private PartitionSupervisor(
            ChildOptions<Supervisor.Message> options,
            Flags flags,
            int partitions,
            ChildTemplate<Integer, M> template) {
        super(options, flags);
        this.partitions = partitions;
        this.template = template;
    }

    /**
     * A supervisor of {@code partitions} children like {@code template}.
     *
     * @param id what it is called in logs and among its siblings; not blank, unique among the
     *     partition supervisors of a node
     * @param partitions one or more
     * @param template given the number of the partition, from 0
     * @throws IllegalArgumentException if {@code partitions} is below one, or {@code template} is
     *     temporary: its keys would be left to nobody
     */
    public static <M> PartitionSupervisor<M> partitionSupervisor(
            String id, int partitions, ChildTemplate<Integer, M> template) {
        requireNonNull(template, "template");
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "partitions of " + id + ": " + partitions + ", must be 1 or more");
        }
        if (template.restart() == Restart.TEMPORARY) {
            throw new IllegalArgumentException(
                    "partitions of "
                            + id
                            + ": TEMPORARY, but one that is not restarted leaves its keys to"
                            + " nobody");
        }
        return new PartitionSupervisor<>(
                ChildOptions.of(id, ChildType.SUPERVISOR), Flags.DEFAULTS, partitions, template);
    }

    @Override
    PartitionSupervisor<M> with(ChildOptions<Supervisor.Message> options) {
        return new PartitionSupervisor<>(options, flags, partitions, template);
    }

    @Override
    PartitionSupervisor<M> with(Flags flags) {
        return new PartitionSupervisor<>(options, flags, partitions, template);
    }

    @Override
    Supervisor basic() {
        var children = IntStream.range(0, partitions).<ChildSpec<?>>mapToObj(this::child).toList();
        return new Supervisor(options, Strategy.ONE_FOR_ONE, flags, List.copyOf(children));
    }

    private Child<M> child(int partition) {
        return template.with(partition, childId(partition)).name(name(partition));
    }

    private String childId(int partition) {
        return template.id() + "-" + partition;
    }

    // What it is

    /** How many partitions it has. */
    public int partitions() {
        return partitions;
    }

    /** What its partitions are made from. */
    public ChildTemplate<Integer, M> template() {
        return template;
    }

    // Where keys go

    /**
     * The address of the partition of {@code key}, which survives its restarts.
     *
     * @param registry of the node on which this supervisor runs
     */
    public ActorRef<M> ref(Registry registry, Object key) {
        return registry.ref(name(partition(key)));
    }

    /**
     * The name of a partition.
     *
     * @param partition from 0 to below {@link #partitions()}
     * @throws IndexOutOfBoundsException if there is no such partition
     */
    public Name<M> name(int partition) {
        if (partition < 0 || partition >= partitions) {
            throw new IndexOutOfBoundsException(
                    "partition of " + id() + ": " + partition + ", has " + partitions);
        }
        return Name.of(id() + "/" + childId(partition));
    }

    /**
     * The number of the partition of {@code key}: its {@code hashCode}, spread, modulo {@link
     * #partitions()}. It stays the same as long as the {@code hashCode} does: beyond the life of a
     * JVM for a {@code String} or an {@code Integer}, not for an enum or an array.
     *
     * @see <a href="https://github.com/aappleby/smhasher/wiki/MurmurHash3">The finalizer of
     *     MurmurHash3, which spreads it</a>
     */
    public int partition(Object key) {
        return Math.floorMod(spread(key.hashCode()), partitions);
    }

    /** Numbers in steps, as ids often are, would all fall to a few partitions. */
    private static int spread(int hash) {
        int h = hash;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
