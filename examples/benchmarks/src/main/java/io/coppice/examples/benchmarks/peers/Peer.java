package io.coppice.examples.benchmarks.peers;

import java.util.function.Function;

/**
 * A runtime of actors, reduced to what the programs need. Each program runs in a JVM with one peer
 * only, so the JIT compiler sees through this.
 */
interface Peer extends AutoCloseable {

    /** What an actor does with a message. */
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
    }

    /** Starts an actor, from outside. */
    Object spawn(Function<Self, Behaviour> actor);

    /** Sends, from wherever. */
    void send(Object address, Object message);

    @Override
    void close();
}
