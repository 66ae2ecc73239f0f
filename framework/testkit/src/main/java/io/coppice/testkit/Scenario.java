package io.coppice.testkit;

/**
 * What is to be tried under many schedules: makes processes, acts on them from outside, and asserts
 * what must hold. Called once for every schedule, so all its state is made inside.
 */
@FunctionalInterface
public interface Scenario {

    /**
     * One run.
     *
     * @throws Exception to fail, like any assertion that does not hold
     */
    void play(Simulation simulation) throws Exception;
}
