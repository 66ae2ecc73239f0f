package io.coppice.testkit;

import io.coppice.actor.Application;
import io.coppice.actor.Node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * One run of a {@link Scenario} on a simulated node: the runtime of production on one thread, with
 * virtual time, and a schedule that decides who goes next.
 *
 * <p>The script, which is the code of the scenario, is scheduled like a process. Before whatever it
 * or a process does that others can see, and after every message, somebody else may go on instead.
 * Calls, starts and timers wait in virtual time, which passes only when nobody can go on.
 *
 * <p>What runs must not wait outside of the runtime (locks held over acts, {@code Thread.sleep},
 * futures without {@link #await}), must start no threads, and must not depend on what differs from
 * run to run: statics, the order of {@code Set.of}, addresses of objects, wall-clock time.
 *
 * <p>When the run is over, whatever is half-way is ended at its next act by an {@code Error}. Code
 * that catches that again and again is given up, and the run fails, naming it.
 */
public interface Simulation {

    /**
     * Runs {@code scenario} under {@code schedules} random schedules; the same ones every time.
     *
     * @throws SimulationFailure if it fails under one of them
     */
    static void check(int schedules, Scenario scenario) {
        Hunt.of(scenario).withSchedules(schedules).check();
    }

    /** The node of this run. It has no root, unless {@link #start} has given it one. */
    Node node();

    /** Starts {@code root} as the root of {@link #node}; returns when its init is done. */
    Node start(Application<?> root);

    /**
     * Lets {@code faults} strike in this run, besides those of the hunt.
     *
     * @throws IllegalStateException if there are processes already
     */
    void faults(Faults faults);

    /** No fault strikes from now on, so that what it left behind can be looked at. */
    void calm();

    /** Lets everybody go on, until nobody can without time passing. */
    void settle();

    /** Lets time pass, and everybody go on meanwhile. */
    void advance(Duration time);

    /** How much time has passed since the run began. */
    Duration now();

    /**
     * Waits for {@code result}, as its {@code join} does; but others go on meanwhile.
     *
     * @param result never completed by an exception
     * @throws AssertionError if it does not complete within a minute of virtual time
     */
    <T> T await(CompletableFuture<T> result);

    /**
     * A list made by lot, of which a failure shows only what it needs: the list is generated anew
     * in every run, from the seed, and those elements are left out that a failure does without.
     *
     * @param generator makes the list, of the numbers it is given and nothing else
     */
    <S> List<S> script(Function<RandomGenerator, List<S>> generator);

    /** A process that records what it is sent. */
    <M> Probe<M> probe(String label);

    /** Writes a line into the trace. */
    void note(String line);
}
