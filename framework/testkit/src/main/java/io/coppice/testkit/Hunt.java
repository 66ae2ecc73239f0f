package io.coppice.testkit;

import static java.util.Objects.requireNonNull;

import io.coppice.testkit.internal.Hunter;

/**
 * A search for a schedule under which a scenario fails. The same hunt tries the same schedules,
 * every time and everywhere.
 *
 * @param scenario what is tried
 * @param name what a report calls it, which is best the name of a method that is the scenario: the
 *     test that a failure prints calls it. Without one ({@link #UNNAMED}) or with one that can be
 *     no method's, that test repeats the method that hunts, see {@link Replay#in}
 * @param search how schedules are found; at random by default
 * @param schedules how many are tried at most: greater than zero, 1,000 by default
 * @param seed where all that is random comes from; 0 by default
 * @param faults what goes wrong meanwhile; nothing by default
 * @param steps after so many decisions a run fails that has not ended: greater than zero, 100,000
 *     by default
 */
public record Hunt(
        Scenario scenario,
        String name,
        Search search,
        long schedules,
        long seed,
        Faults faults,
        int steps) {

    /** The name of a hunt that has been given none. */
    public static final String UNNAMED = "scenario";

    public Hunt {
        requireNonNull(scenario, "scenario");
        requireNonNull(name, "name");
        requireNonNull(search, "search");
        requireNonNull(faults, "faults");
        requirePositive(schedules, "schedules");
        requirePositive(steps, "steps");
    }

    private static void requirePositive(long value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + ", must be greater than zero");
        }
    }

    /** A hunt with the defaults. */
    public static Hunt of(Scenario scenario) {
        return new Hunt(scenario, UNNAMED, Search.atRandom(), 1_000, 0, Faults.none(), 100_000);
    }

    /** This hunt with {@code name}. */
    public Hunt withName(String name) {
        return new Hunt(scenario, name, search, schedules, seed, faults, steps);
    }

    /** This hunt with {@code search}. */
    public Hunt withSearch(Search search) {
        return new Hunt(scenario, name, search, schedules, seed, faults, steps);
    }

    /** This hunt with at most {@code schedules}. */
    public Hunt withSchedules(long schedules) {
        return new Hunt(scenario, name, search, schedules, seed, faults, steps);
    }

    /** This hunt with {@code seed}. */
    public Hunt withSeed(long seed) {
        return new Hunt(scenario, name, search, schedules, seed, faults, steps);
    }

    /** This hunt with {@code faults}. */
    public Hunt withFaults(Faults faults) {
        return new Hunt(scenario, name, search, schedules, seed, faults, steps);
    }

    /** This hunt with at most {@code steps} in a run. */
    public Hunt withSteps(int steps) {
        return new Hunt(scenario, name, search, schedules, seed, faults, steps);
    }

    /**
     * Tries schedules until one fails or enough were tried. It is a failure, too, if a fault has
     * found its process in none of them.
     */
    public Findings run() {
        return Hunter.hunt(this);
    }

    /**
     * {@link #run}.
     *
     * @throws SimulationFailure if one fails
     */
    public void check() {
        run().failure()
                .ifPresent(
                        failure -> {
                            throw new SimulationFailure(failure);
                        });
    }

    /**
     * Runs the scenario once, as {@code replay} says.
     *
     * @return what was seen
     * @throws SimulationFailure if it fails
     */
    public Trace replay(Replay replay) {
        var findings = Hunter.replay(this, replay);
        findings.failure()
                .ifPresent(
                        failure -> {
                            throw new SimulationFailure(failure);
                        });
        return findings.trace();
    }

    /** The trace of the {@code number}th schedule that {@link #run} tries, counted from 1. */
    public Trace trace(long number) {
        return Hunter.trace(this, number);
    }
}
