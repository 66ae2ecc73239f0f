package io.coppice.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Runs a {@link Simulated} test once, as a {@link Replay} says; a failure prints it ready. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Seed {

    /** See {@link Replay#seed}. */
    long value();

    /** See {@link Replay#script}. */
    String script() default "all";

    /** See {@link Replay#schedule}. */
    String schedule() default "";
}
