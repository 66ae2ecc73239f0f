package io.coppice.supervision;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;

/**
 * A supervisor that is another way to write one of the basic kinds: all that is done with it is
 * done with {@link #basic()}.
 *
 * @param <S> the kind: each option yields another one of it
 */
abstract sealed class DerivedSupervisor<M, S extends DerivedSupervisor<M, S>>
        extends ConfiguredSupervisor<M, S> permits PartitionSupervisor, TaskSupervisor {

    DerivedSupervisor(ChildOptions<M> options, Flags flags) {
        super(options, flags);
    }

    /** The same, written out. */
    abstract ConfiguredSupervisor<M, ?> basic();

    /**
     * Starts the supervisor in the process of {@code context}, whose actor this becomes.
     *
     * @throws TreeError if it contradicts itself
     */
    @Override
    public final Actor<M> create(Context<M> context) throws Exception {
        return basic().create(context);
    }
}
