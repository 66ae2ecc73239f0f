package io.coppice.examples.benchmarks.programs;

/** A parent and a multitude of children. */
final class Families {

    private Families() {}

    /** Until all children have been made. */
    static long start(Run run, int children) {
        var family = run.peer().family(children, self -> message -> {});
        run.meter().stop();
        run.peer().disband(family);
        return children;
    }

    /** Until nobody is left. */
    static long stop(Run run, int children) {
        var family = run.peer().family(children, self -> message -> {});
        run.meter().start();
        run.peer().disband(family);
        run.meter().stop();
        return children;
    }
}
