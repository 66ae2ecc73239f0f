package io.coppice.testkit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that is the {@link Scenario} of a {@link Hunt}: its method takes one {@link Simulation},
 * and is run under many schedules, or with {@link Seed} under one.
 *
 * <p>All runs share the instance of the test class: what a run needs is made in the method.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(SimulationExtension.class)
public @interface Simulated {

    /** How many schedules are tried at most. */
    long schedules() default 1_000;

    /** Where all that is random comes from. */
    long seed() default 0;

    /** Greater than zero for a {@link Search.Probabilistic} search of this depth. */
    int depth() default 0;

    /** Zero or more for a {@link Search.Exhaustive} search with so many pre-emptions. */
    int preemptions() default -1;

    /** After so many decisions a run fails that has not ended: see {@link Hunt#steps}. */
    int steps() default 100_000;
}
