package io.coppice.examples.incidents.log;

import io.coppice.examples.incidents.log.kit.Disk;
import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.testkit.Faults;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Scenario;
import io.coppice.testkit.Search;
import io.coppice.testkit.Simulation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs that are tried again and again: in other orders, or with a kill at each step. */
final class Tries {

    /** One run, in which a number of things go wrong, which should be none. */
    @FunctionalInterface
    interface Run {
        long wrong(Simulation simulation) throws Exception;
    }

    /** One run, of which something is told. */
    @FunctionalInterface
    interface Telling<T> {
        T play(Simulation simulation) throws Exception;
    }

    /** One run of a log. */
    @FunctionalInterface
    interface Trial {
        void play(Simulation simulation, Rig rig) throws Exception;
    }

    private Tries() {}

    /** What comes of a single run, first come, first served. */
    static <T> T once(Telling<T> run) {
        var told = new CompletableFuture<T>();
        play(simulation -> told.complete(run.play(simulation)));
        return told.join();
    }

    private static void play(Scenario scenario) {
        Hunt.of(scenario).withSearch(Search.exhaustive(0)).withSchedules(1).check();
    }

    /** What goes wrong in so many random schedules, the same ones every time. */
    static long inSchedules(int schedules, Run run) {
        var wrong = new LongAdder();
        Hunt.of(simulation -> wrong.add(run.wrong(simulation))).withSchedules(schedules).check();
        return wrong.sum();
    }

    /** As many runs as one has steps: in each, {@code victim} is killed at another of them. */
    static void killedAtEachStep(String victim, Scenario scenario) {
        var hunt = Hunt.of(scenario).withSearch(Search.exhaustive(0)).withSchedules(1);
        int steps = step(hunt.trace(1).lines().getLast());
        for (int step = 0; step < steps; step++) {
            hunt.withFaults(Faults.none().killAt(victim, step)).check();
        }
    }

    /** As many runs as one has writes, and as many again: in each another write fails. */
    static void failingAtEachWrite(Supplier<Rig> rigs, Function<Rig, Disk> disk, Trial trial) {
        var whole = rigs.get();
        play(simulation -> trial.play(simulation, whole));
        int writes = disk.apply(whole).writes();
        for (int write = 1; write <= writes; write++) {
            for (boolean done : new boolean[] {false, true}) {
                var rig = rigs.get();
                disk.apply(rig).failAt(write, done);
                play(simulation -> trial.play(simulation, rig));
            }
        }
    }

    private static int step(String line) {
        return Integer.parseInt(line.strip().split(" +", 2)[0]);
    }
}
