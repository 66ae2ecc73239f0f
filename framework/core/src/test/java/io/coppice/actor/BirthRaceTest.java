package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Births raced against deaths, of the parent and of the child. The kind is the parent's. */
@Tag("stress")
@ParameterizedClass
@EnumSource(Kind.class)
class BirthRaceTest {

    private static final SpawnOptions<Object> OPTIONS = SpawnOptions.defaults();
    private static final ActorFactory<Object> IDLE = context -> message -> {};

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    /** More than a killer that comes late lets a parent have. */
    private static final int MOST = 100;

    /** What a parent does again and again until it is killed. */
    @FunctionalInterface
    private interface Spawning {
        void in(Context<Object> context) throws Exception;
    }

    /** Kills a parent at any moment of its spawning, many times. */
    private void killWhile(int rounds, Spawning spawning) {
        var random = new SplittableRandom(7);
        for (int round = 0; round < Duel.rounds(rounds); round++) {
            var parent = house.puppet(kind);
            var spawned = new AtomicInteger();
            parent.tell(
                    context -> {
                        while (spawned.getAndIncrement() < MOST) {
                            spawning.in(context);
                        }
                    });
            int enough = 1 + random.nextInt(20);
            while (spawned.get() < enough) {
                Thread.onSpinWait();
            }
            for (int dither = random.nextInt(300); dither > 0; dither--) {
                Thread.onSpinWait();
            }
            if (round % 2 == 0) {
                house.node().kill(parent.pid());
            } else {
                house.node().exit(parent.pid(), custom("exit"));
            }
        }
        house.awaitProcesses(0);
        house.quiet();
    }

    @Test
    void a_linked_child_never_outlives_a_parent_killed_at_any_moment_of_its_spawning() {
        Queue<Pid> born = new ConcurrentLinkedQueue<>();
        ActorFactory<Object> actor =
                context -> {
                    born.add(context.self().pid());
                    return message -> {};
                };
        Program<Object> program =
                (context, inbox) -> {
                    born.add(context.self().pid());
                    inbox.take();
                };
        killWhile(
                2_000,
                context -> {
                    context.spawnLinked(actor);
                    context.spawnLinked(program);
                });

        assertThat(born).isNotEmpty().noneMatch(house.node()::isAlive);
    }

    @Test
    void a_start_linked_child_never_outlives_a_parent_killed_at_any_moment_of_its_start() {
        Queue<Pid> born = new ConcurrentLinkedQueue<>();
        ActorFactory<Object> actor =
                context -> {
                    born.add(context.self().pid());
                    return message -> {};
                };
        killWhile(1_000, context -> context.startLinked(actor, OPTIONS));

        assertThat(born).isNotEmpty().noneMatch(house.node()::isAlive);
        house.awaitNoTimers();
    }

    @Test
    void a_child_started_without_waiting_never_outlives_a_parent_killed_at_any_moment() {
        killWhile(1_000, context -> context.startLinked(IDLE, OPTIONS, done -> done));

        house.awaitNoTimers();
    }

    @Test
    void grandchildren_never_outlive_a_grandparent_killed_at_any_moment() {
        ActorFactory<Object> parent =
                context -> {
                    context.spawnLinked(IDLE);
                    context.startLinked(IDLE, OPTIONS);
                    context.spawnLinked((Program<Object>) (child, inbox) -> inbox.take());
                    return message -> {};
                };
        killWhile(500, context -> context.spawnLinked(parent));
    }

    @Test
    void timers_set_by_a_process_killed_at_any_moment_are_gone() {
        killWhile(
                1_000,
                context -> {
                    context.timers().every(java.time.Duration.ofDays(1), "never");
                    context.timers().after(java.time.Duration.ofDays(1), "never").cancel();
                });

        house.awaitNoTimers();
    }

    @Test
    void names_given_to_children_of_a_parent_killed_at_any_moment_are_free() {
        var number = new AtomicInteger();
        killWhile(
                500,
                context ->
                        context.spawnLinked(
                                IDLE,
                                OPTIONS.withName(Name.of("child " + number.incrementAndGet()))));

        for (int i = 1; i <= number.get(); i++) {
            assertThat(house.node().registry().lookup(Name.of("child " + i))).isEmpty();
            var successor = OPTIONS.withName(Name.<Object>of("child " + i));
            house.node().kill(house.node().start(IDLE, successor).pid());
        }
    }

    /** The pids of children, one for each round of a race, as they become known. */
    private static final class Children {
        private final AtomicReferenceArray<Pid> pids;

        Children(int rounds) {
            pids = new AtomicReferenceArray<>(rounds);
        }

        ActorFactory<Object> factory(int round) {
            return context -> {
                pids.set(round, context.self().pid());
                return message -> {};
            };
        }

        Pid await(int round) {
            for (int spins = 0; pids.get(round) == null; spins++) {
                if (spins < 1_000) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            return pids.get(round);
        }
    }

    @Test
    void a_child_killed_at_any_moment_of_its_start_is_reported_once() {
        var parent = house.puppet(kind).trapping();
        var killer = house.puppet();
        int rounds = Duel.rounds(20_000);
        var children = new Children(rounds);
        Map<Pid, String> stories = new HashMap<>();
        var failed = new AtomicInteger();
        Duel.fight(
                parent,
                (context, round) -> {
                    try {
                        var ref = context.startLinked(children.factory(round), OPTIONS);
                        stories.put(ref.pid(), "started");
                    } catch (StartFailure.InitFailed failure) {
                        failed.incrementAndGet();
                        assertThat(failure.reason()).isEqualTo(KILLED);
                    }
                },
                killer,
                (context, round) -> context.kill(children.await(round)),
                rounds);
        house.quiet();
        assertThat(stories.size() + failed.get()).isEqualTo(rounds);
        for (var news : parent.heard()) {
            var exited = (Exited) news;
            assertThat(stories.remove(exited.from())).isEqualTo("started");
            assertThat(exited.reason()).isEqualTo(KILLED);
        }

        assertThat(stories).as("children of which no exit was heard").isEmpty();
        assertThat(parent.links()).isEmpty();
        house.awaitNoTimers();
    }

    @Test
    void news_of_a_start_never_comes_after_news_of_the_childs_death() {
        var parent = house.puppet(kind).trapping();
        var killer = house.puppet();
        int rounds = Duel.rounds(20_000);
        var children = new Children(rounds);
        Duel.fight(
                parent,
                (context, round) ->
                        context.startLinked(children.factory(round), OPTIONS, done -> done),
                killer,
                (context, round) -> house.node().kill(children.await(round)),
                rounds);
        house.quiet();
        var stories = new HashMap<Pid, String>();
        var failures = new ArrayList<StartFailure>();
        for (var news : parent.heard()) {
            switch (news) {
                case StartResult.Running<?>(var ref, var info) ->
                        stories.merge(ref.pid(), "R", String::concat);
                case StartResult.Failed<?>(var failure) -> failures.add(failure);
                case Exited(var from, var reason) -> stories.merge(from, "X", String::concat);
                default -> throw new AssertionError(news);
            }
        }

        assertThat(stories.values()).allMatch("RX"::equals);
        assertThat(stories.size() + failures.size()).isEqualTo(rounds);
        assertThat(parent.links()).isEmpty();
        house.awaitNoTimers();
    }
}
