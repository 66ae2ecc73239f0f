package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.NO_PROCESS;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Links raced against deaths and against each other, on threads. */
@Tag("stress")
class LinkRaceTest {

    private static final int BATCH = 20_000;
    private static final ExitReason REFUSED = custom("refused at the call");
    private static final ActorFactory<Object> TARGET =
            context ->
                    message -> {
                        throw context.stop(NORMAL);
                    };
    private static final Program<Object> PROGRAM = (context, inbox) -> inbox.take();

    @RegisterExtension private final House house = new House();

    private final Map<ExitReason, Integer> reasons = new HashMap<>();

    private void count(ExitReason reason) {
        reasons.merge(reason, 1, Integer::sum);
    }

    private ActorRef<Object>[] targets(int count, int programsEach) {
        @SuppressWarnings("unchecked")
        ActorRef<Object>[] targets = new ActorRef[count];
        for (int i = 0; i < count; i++) {
            targets[i] =
                    i % programsEach == 1
                            ? house.node().spawn(PROGRAM)
                            : house.node().spawn(TARGET);
        }
        house.quiet();
        return targets;
    }

    /** Ends a target in one of the four ways in which a process can end. */
    private void end(Context<Object> killer, ActorRef<Object> target, int way) {
        switch (way & 3) {
            case 0 -> house.node().kill(target.pid());
            case 1 -> killer.kill(target.pid());
            case 2 -> killer.exit(target.pid(), custom("exit"));
            default -> target.send("stop");
        }
    }

    /** Each target must have been heard of once. */
    private void assertHeardOnce(Puppet linker, ActorRef<Object>[] targets) {
        Waiting.until("all exits").until(() -> linker.heard().size() >= targets.length);
        house.quiet();
        var heard = new HashMap<Pid, ExitReason>();
        for (var news : linker.heard()) {
            var exited = (Exited) news;
            assertThat(heard.put(exited.from(), exited.reason()))
                    .as("first exit of %s, then came %s", exited.from(), exited.reason())
                    .isNull();
            count(exited.reason());
        }
        assertThat(heard).hasSize(targets.length);
        assertThat(linker.links()).isEmpty();
        linker.heard().clear();
    }

    @Test
    void a_link_raced_one_million_times_against_the_targets_death_gives_exactly_one_exit() {
        var linker = house.puppet().trapping();
        var killer = house.puppet();
        for (int done = 0; done < Duel.MILLION; done += BATCH) {
            var targets = targets(BATCH, 50);
            Duel.fight(
                    linker,
                    (context, round) -> context.link(targets[round].pid()),
                    killer,
                    (context, round) -> end(context, targets[round], round / 50),
                    BATCH);
            assertHeardOnce(linker, targets);
        }

        // The race was put to the test: both outcomes have been seen.
        assertThat(reasons).containsKeys(NO_PROCESS, KILLED, custom("exit"), NORMAL);
    }

    /** A linker that does not trap: it ends by its link, or says that it was refused. */
    private static final class Linker implements ActorFactory<Pid> {
        @Override
        public Actor<Pid> create(Context<Pid> context) {
            return target -> {
                try {
                    context.link(target);
                } catch (NoSuchProcess refused) {
                    throw context.stop(REFUSED);
                }
            };
        }
    }

    @Test
    void a_linker_that_does_not_trap_ends_exactly_once() {
        int batch = BATCH / 2;
        int rounds = Duel.rounds(400_000);
        var parent = house.puppet().trapping();
        var sender = house.puppet();
        var killer = house.puppet();
        for (int done = 0; done < rounds; done += batch) {
            var targets = targets(batch, 50);
            @SuppressWarnings("unchecked")
            ActorRef<Pid>[] linkers = new ActorRef[batch];
            parent.does(
                    context -> {
                        for (int i = 0; i < batch; i++) {
                            linkers[i] = context.spawnLinked(new Linker());
                        }
                    });
            house.quiet();
            Duel.fight(
                    sender,
                    (context, round) -> linkers[round].send(targets[round].pid()),
                    killer,
                    (context, round) -> house.node().exit(targets[round].pid(), custom("exit")),
                    batch);
            Waiting.until("all linkers' ends").until(() -> parent.heard().size() >= batch);
            house.quiet();
            assertThat(parent.heard()).hasSize(batch);
            parent.heard().forEach(news -> count(((Exited) news).reason()));
            parent.heard().clear();
            assertThat(parent.links()).isEmpty();
        }

        // The third way is a window of a few instructions, which a busy machine may not meet.
        assertThat(reasons).containsKeys(REFUSED, custom("exit"));
        assertThat(Set.of(REFUSED, NO_PROCESS, custom("exit"))).containsAll(reasons.keySet());
    }

    @Test
    void both_ends_agree_after_links_and_unlinks_that_cross() {
        var ann = house.puppet();
        var bob = house.puppet(Kind.ACTOR);
        var disagreed = new int[1];
        var linked = new int[1];
        int rounds = Duel.rounds(1_000_000);
        // In even rounds both act, in odd ones Ann looks at both ends, which must be at rest.
        Duel.fight(
                ann,
                (context, round) -> {
                    if (round % 2 == 0) {
                        act(context, bob.pid(), (round >> 1) & 3);
                    } else {
                        boolean anns = ann.links().contains(bob.pid());
                        boolean bobs = bob.links().contains(ann.pid());
                        linked[0] += anns ? 1 : 0;
                        disagreed[0] += anns == bobs ? 0 : 1;
                    }
                },
                bob,
                (context, round) -> {
                    if (round % 2 == 0) {
                        act(context, ann.pid(), (round >> 3) & 3);
                    }
                },
                rounds);

        assertThat(disagreed[0]).as("rounds in which the ends disagreed").isZero();
        assertThat(linked[0]).as("rounds that ended linked").isBetween(1, rounds / 2 - 1);
    }

    private static void act(Context<Object> context, Pid peer, int what) {
        switch (what) {
            case 0 -> context.link(peer);
            case 1 -> context.unlink(peer);
            case 2 -> {
                context.unlink(peer);
                context.link(peer);
            }
            default -> {
                context.link(peer);
                context.unlink(peer);
            }
        }
    }

    @Test
    void after_unlink_and_flush_nothing_is_heard_of_a_death_that_crossed_it() {
        var linker = house.puppet().trapping();
        var killer = house.puppet();
        var flushed = new int[2];
        for (int done = 0; done < Duel.rounds(400_000); done += BATCH) {
            var targets = targets(BATCH, 50);
            linker.does(
                    context -> {
                        for (var target : targets) {
                            context.link(target.pid());
                        }
                    });
            Duel.fight(
                    linker,
                    (context, round) -> {
                        boolean was = context.unlinkAndFlush(targets[round].pid());
                        flushed[was ? 1 : 0]++;
                    },
                    killer,
                    (context, round) -> end(context, targets[round], round / 50),
                    BATCH);
            house.quiet();
            assertThat(linker.heard()).isEmpty();
            assertThat(linker.links()).isEmpty();
        }
        assertThat(flushed).doesNotContain(0);
    }

    @Test
    void a_chain_whose_links_are_killed_everywhere_at_once_ends_and_each_once() {
        for (int round = 0; round < Duel.rounds(300); round++) {
            int length = 50;
            var watcher = house.puppet();
            var ends = new ActorRef[length];
            watcher.does(
                    context -> {
                        Pid before = null;
                        for (int i = 0; i < length; i++) {
                            var peer = before;
                            ends[i] =
                                    context.spawnMonitored(
                                                    (ActorFactory<Object>)
                                                            child -> {
                                                                if (peer != null) {
                                                                    child.link(peer);
                                                                }
                                                                return message -> {};
                                                            },
                                                    SpawnOptions.defaults(),
                                                    news -> news)
                                            .ref();
                            before = ends[i].pid();
                        }
                    });
            house.quiet();
            var go = new CountDownLatch(1);
            for (int k = 0; k < 3; k++) {
                var victim = ends[7 + 17 * k];
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    Waiting.on(go);
                                    house.node().exit(victim.pid(), custom("everywhere"));
                                });
            }
            go.countDown();
            Waiting.until("the end of all").until(() -> watcher.heard().size() == length);
            house.quiet();
            assertThat(watcher.heard()).hasSize(length);
            house.node().kill(watcher.pid());
        }
    }
}
