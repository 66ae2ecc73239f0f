package io.coppice.actor;

/**
 * Where processes are created: a {@link Node} from outside, or a {@link Context} from inside.
 *
 * <p>{@code spawn} returns at once. {@code start} returns when init has, and tells if it failed.
 */
public interface Spawner {

    /** Creates a process and does not wait for its init. */
    <C> ActorRef<C> spawn(ActorFactory<C> factory, SpawnOptions<C> options);

    /** Creates a process and does not wait for its init. */
    <C> ActorRef<C> spawn(Program<C> program, SpawnOptions<C> options);

    /**
     * Creates a process and waits for its init.
     *
     * @throws StartFailure if init failed, took too long or asked to be ignored
     */
    <C> ActorRef<C> start(ActorFactory<C> factory, SpawnOptions<C> options);

    /**
     * Creates a process and waits for its init.
     *
     * @throws StartFailure if init failed, took too long or asked to be ignored
     */
    <C> ActorRef<C> start(Program<C> program, SpawnOptions<C> options);

    /** {@link #spawn(ActorFactory, SpawnOptions)} with the defaults. */
    default <C> ActorRef<C> spawn(ActorFactory<C> factory) {
        return spawn(factory, SpawnOptions.defaults());
    }

    /** {@link #spawn(Program, SpawnOptions)} with the defaults. */
    default <C> ActorRef<C> spawn(Program<C> program) {
        return spawn(program, SpawnOptions.defaults());
    }

    /** {@link #start(ActorFactory, SpawnOptions)} with the defaults. */
    default <C> ActorRef<C> start(ActorFactory<C> factory) {
        return start(factory, SpawnOptions.defaults());
    }

    /** {@link #start(Program, SpawnOptions)} with the defaults. */
    default <C> ActorRef<C> start(Program<C> program) {
        return start(program, SpawnOptions.defaults());
    }
}
