package io.coppice.examples.benchmarks.programs;

import java.util.function.Function;

/**
 * A runtime of actors, reduced to what the programs need. Each program runs in a JVM with one peer
 * only, so the JIT compiler sees through this.
 */
public interface Peer extends AutoCloseable {

    /** What an actor does with a message. An exception ends it, and with it all that is tied. */
    @FunctionalInterface
    interface Behaviour {
        void receive(Object message);
    }

    /** What an actor may do besides. */
    interface Self {

        /** Where it can be sent to. */
        Object address();

        /** Starts an actor. */
        Object spawn(Function<Self, Behaviour> actor);

        /** Ends after this message. */
        void stop();

        /** From now on it ends when {@code other} fails. To be said in the making. */
        void tie(Object other);

        /** It is sent {@code news} when {@code other} has ended. */
        void watch(Object other, Object news);
    }

    /** A message that wants an answer. */
    @FunctionalInterface
    interface Question {
        void answer(Object answer);
    }

    /** Starts an actor, from outside. */
    Object spawn(Function<Self, Behaviour> actor);

    /** Sends, from wherever. */
    void send(Object address, Object message);

    /** Sends a {@link Question} from outside, and waits for its answer. */
    default Object call(Object address) {
        throw cannot("call");
    }

    /** Starts an actor that is made anew whenever it fails. */
    default void supervise(Function<Self, Behaviour> actor) {
        throw cannot("supervise");
    }

    /** Starts a parent with so many children, and waits until all of them have been made. */
    default Object family(int children, Function<Self, Behaviour> actor) {
        throw cannot("start a family");
    }

    /** Ends a {@link #family}, and waits until nobody is left of it. */
    default void disband(Object family) {
        throw cannot("disband a family");
    }

    /** How something idle is kept. */
    enum Idle {
        /** By nobody. */
        ACTOR,
        /** By a supervisor. */
        SUPERVISED,
        /** On a thread of its own. */
        THREAD
    }

    /**
     * Starts actors that do nothing, as small as they come, one for each place in {@code into}, and
     * waits until all of them have been made.
     */
    default void idle(Object[] into, Idle how) {
        throw cannot("keep what is idle");
    }

    /** What a peer does not have; workloads that need it are not run on it. */
    private UnsupportedOperationException cannot(String deed) {
        return new UnsupportedOperationException(getClass().getSimpleName() + " cannot " + deed);
    }

    @Override
    void close();
}
