package io.coppice.testkit.internal;

import io.coppice.actor.Application;
import io.coppice.actor.Node;
import io.coppice.testkit.Faults;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Probe;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.internal.Event.Verb;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One run of a scenario. */
final class Run implements Simulation {

    private static final long SCRIPT = 1;
    private static final long CHANCE = 2;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Engine engine;
    private final long seed;
    private final int @Nullable [] kept;
    private List<?> script = List.of();

    private Run(Engine engine, long seed, int @Nullable [] kept) {
        this.engine = engine;
        this.seed = seed;
        this.kept = kept;
    }

    /** Plays the scenario of {@code hunt} once; the calling thread is the carriers' main. */
    static Outcome play(
            Hunt hunt,
            Carriers carriers,
            Chooser chooser,
            long seed,
            int @Nullable [] kept,
            boolean traces) {
        var recorder = new Recorder(chooser);
        var engine =
                new Engine(
                        carriers,
                        recorder,
                        new Plan(hunt.faults()),
                        traces,
                        Dice.mix(seed, CHANCE),
                        hunt.steps());
        var run = new Run(engine, seed, kept);
        Throwable failure = null;
        try {
            hunt.scenario().play(run);
            engine.untilQuiet(engine.nanos());
        } catch (Throwable thrown) {
            failure = thrown;
        }
        return new Outcome(
                both(failure, engine.end()),
                recorder.answers(),
                recorder.decisions(),
                run.script,
                engine.journal.events(),
                engine.plan.sought());
    }

    private static @Nullable Throwable both(
            @Nullable Throwable failure, @Nullable AssertionError atEnd) {
        if (failure != null && atEnd != null) {
            failure.addSuppressed(atEnd);
        }
        return failure == null ? atEnd : failure;
    }

    @Override
    public Node node() {
        return engine.node;
    }

    @Override
    public Node start(Application<?> root) {
        return engine.node.startedWith(root);
    }

    @Override
    public void faults(Faults faults) {
        if (engine.node.processes() > 0) {
            throw new IllegalStateException("faults come before the first process");
        }
        engine.plan.add(faults);
    }

    @Override
    public void calm() {
        engine.plan.clear();
    }

    @Override
    public void settle() {
        engine.untilQuiet(engine.nanos());
    }

    @Override
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time: " + time + ", must not be negative");
        }
        engine.untilQuiet(engine.nanos() + time.toNanos());
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(engine.nanos());
    }

    @Override
    public <T> T await(CompletableFuture<T> result) {
        try {
            return engine.await(result, MINUTE);
        } catch (TimeoutException | InterruptedException late) {
            throw new AssertionError("no result within a minute of virtual time", late);
        }
    }

    @Override
    public <S> List<S> script(Function<RandomGenerator, List<S>> generator) {
        var whole = List.copyOf(generator.apply(new Dice(Dice.mix(seed, SCRIPT))));
        script = whole;
        if (kept == null) {
            return whole;
        }
        return Arrays.stream(kept)
                .filter(place -> place < whole.size())
                .mapToObj(whole::get)
                .toList();
    }

    @Override
    public <M> Probe<M> probe(String label) {
        return Probe.on(engine.node, label);
    }

    @Override
    public void note(String line) {
        engine.journal.write(Journal.OUTSIDE, Verb.NOTES, "", line);
    }
}
