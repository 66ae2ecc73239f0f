package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Restart.TEMPORARY;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.Program;
import io.coppice.process.ExitReason;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Search;
import io.coppice.testkit.Simulation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A child that ends by itself just when it is being stopped. */
class StopRaceTest {

    private static final int SCHEDULES = Integer.getInteger("coppice.promises", 50_000);
    private static final int DITHER = 400;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ExitReason OWN = ExitReason.custom("its own");
    private static final Name<Supervisor.Message> TOP = Name.of("top");
    private static final Name<String> CHILD = Name.of("child");
    private static final ActorFactory<String> LEAVES =
            context ->
                    message -> {
                        throw context.stop(OWN);
                    };

    private enum First {
        ITS_END,
        THE_STOP
    }

    /** M8: whoever was first, it is told why the child ended, and never that nobody was there. */
    @Test
    void its_true_reason_is_told_whoever_was_first() {
        var told = new AtomicReference<ExitReason>();
        TreeListener listener =
                event -> {
                    switch (event) {
                        case TreeEvent.ChildStopped it -> told.set(it.reason());
                        case TreeEvent.ChildExited it -> told.set(it.reason());
                        default -> {}
                    }
                };
        var child = worker("child", LEAVES).name(CHILD).restart(TEMPORARY);
        var random = new SplittableRandom(3);
        Map<First, Integer> seen = new EnumMap<>(First.class);
        try (var node = Node.start(supervisor("top", ONE_FOR_ONE).name(TOP).listener(listener));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = rounds(); round > 0; round--) {
                told.set(null);
                race(node, child, random.nextInt(-DITHER, DITHER), threads);
                assertThat(told.get()).isIn(OWN, ExitReason.SHUTDOWN);
                var first = told.get().equals(OWN) ? First.ITS_END : First.THE_STOP;
                seen.merge(first, 1, Integer::sum);
            }
        }
        assertThat(seen).as("both must have been first").containsOnlyKeys(First.values());
    }

    /** The same under many schedules: by lot, and all with at most three pre-emptions. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void its_true_reason_is_told_under_every_schedule(boolean exhaustive) {
        Hunt.of(StopRaceTest::race)
                .withSchedules(SCHEDULES)
                .withSearch(exhaustive ? Search.exhaustive(3) : Search.atRandom())
                .check();
    }

    private static void race(Simulation simulation) {
        var told = new ArrayList<ExitReason>();
        TreeListener listener =
                event -> {
                    switch (event) {
                        case TreeEvent.ChildStopped it -> told.add(it.reason());
                        case TreeEvent.ChildExited it -> told.add(it.reason());
                        default -> {}
                    }
                };
        var child = worker("child", LEAVES).name(CHILD).restart(TEMPORARY);
        var top = supervisor("top", ONE_FOR_ONE).name(TOP).listener(listener).children(child);
        var node = simulation.start(top);
        ActorFactory<String> ender =
                context -> message -> context.node().registry().ref(CHILD).send("leave");
        var ending = node.spawn(ender);
        ending.send("end it");
        var outcomes = new ArrayList<Outcome>();
        Program<String> stopper =
                (context, inbox) ->
                        outcomes.add(
                                context.node()
                                        .registry()
                                        .ref(TOP)
                                        .call(
                                                reply ->
                                                        new Supervisor.Message.TerminateChild(
                                                                "child", reply),
                                                MINUTE));
        node.spawn(stopper);
        simulation.settle();

        assertThat(told).hasSize(1).first().isIn(OWN, ExitReason.SHUTDOWN);
        assertThat(outcomes)
                .hasSize(1)
                .first()
                .isIn(new Outcome.Done(), new Outcome.Refused(new Refusal.NotFound()));
    }

    private static int rounds() {
        return (int) (5_000 * Double.parseDouble(System.getProperty("coppice.stress", "1")));
    }

    /**
     * @param dither how much earlier the child is told to end by itself; if negative, how much
     *     later
     */
    private static void race(Node node, Child<String> child, int dither, ExecutorService threads) {
        var top = node.registry().ref(TOP);
        ChildStart<String> start =
                top.call(reply -> new Supervisor.Message.StartChild<>(child, reply), MINUTE);
        var ref = ((ChildStart.Started<String>) start).child();
        var stopped = new CompletableFuture<Outcome>();
        Runnable stop =
                () ->
                        stopped.complete(
                                top.call(
                                        reply ->
                                                new Supervisor.Message.TerminateChild(
                                                        "child", reply),
                                        MINUTE));
        if (dither >= 0) {
            ref.send("leave");
            spin(dither);
            stop.run();
        } else {
            threads.execute(stop);
            spin(-dither);
            ref.send("leave");
        }
        assertThat(stopped)
                .succeedsWithin(MINUTE)
                .isIn(new Outcome.Done(), new Outcome.Refused(new Refusal.NotFound()));
    }

    private static void spin(int times) {
        for (int spins = times; spins > 0; spins--) {
            Thread.onSpinWait();
        }
    }
}
