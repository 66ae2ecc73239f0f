package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.NO_PROCESS;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Waiting;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** Monitors raced against deaths, on threads. */
@Tag("stress")
class MonitorRaceTest {

    private static final int BATCH = 20_000;
    private static final ActorFactory<Object> TARGET =
            context ->
                    message -> {
                        throw context.stop(NORMAL);
                    };

    @RegisterExtension private final House house = new House();

    private ActorRef<Object>[] targets(int count) {
        @SuppressWarnings("unchecked")
        ActorRef<Object>[] targets = new ActorRef[count];
        for (int i = 0; i < count; i++) {
            targets[i] = house.node().spawn(TARGET);
        }
        house.quiet();
        return targets;
    }

    private void end(Context<Object> killer, ActorRef<Object> target, int way) {
        switch (way % 3) {
            case 0 -> house.node().kill(target.pid());
            case 1 -> killer.kill(target.pid());
            default -> target.send("stop");
        }
    }

    @Test
    void a_monitor_raced_against_the_targets_death_gives_exactly_one_down() {
        var watcher = house.puppet();
        var killer = house.puppet();
        Map<ExitReason, Integer> reasons = new HashMap<>();
        for (int done = 0; done < Duel.rounds(400_000); done += BATCH) {
            var targets = targets(BATCH);
            var monitors = new MonitorRef[BATCH];
            Duel.fight(
                    watcher,
                    (context, round) ->
                            monitors[round] = context.monitor(targets[round].pid(), news -> news),
                    killer,
                    (context, round) -> end(context, targets[round], round / 50),
                    BATCH);
            assertToldOnce(watcher, monitors, reasons);
        }
        assertThat(reasons).containsOnlyKeys(NO_PROCESS, KILLED, NORMAL);
    }

    @Test
    void the_exit_of_a_link_comes_before_the_news_that_nobody_was_there_to_be_monitored() {
        var watcher = house.puppet();
        watcher.trapping();
        var killer = house.puppet();
        int late = 0;
        for (int done = 0; done < Duel.rounds(200_000); done += BATCH) {
            var targets = new ArrayList<Pid>();
            watcher.does(
                    context -> {
                        for (int i = 0; i < BATCH; i++) {
                            targets.add(context.spawnLinked(TARGET).pid());
                        }
                    });
            house.quiet();
            var monitors = new HashMap<MonitorRef, Pid>();
            Duel.fight(
                    watcher,
                    (context, round) -> {
                        var target = targets.get(round);
                        monitors.put(context.monitor(target, news -> news), target);
                    },
                    killer,
                    (context, round) -> context.kill(targets.get(round)),
                    BATCH);
            Waiting.until("all news").until(() -> watcher.heard().size() >= 2 * BATCH);
            house.quiet();
            var exited = new HashSet<Pid>();
            for (var news : watcher.heard()) {
                switch (news) {
                    case Exited exit -> exited.add(exit.from());
                    case Down(var monitor, var reason) when reason.equals(NO_PROCESS) -> {
                        late++;
                        assertThat(exited).contains(monitors.get(monitor));
                    }
                    default -> {}
                }
            }
            watcher.heard().clear();
        }
        assertThat(late).as("monitors that came too late").isPositive();
    }

    private void assertToldOnce(
            Puppet watcher, MonitorRef[] monitors, Map<ExitReason, Integer> reasons) {
        Waiting.until("all news").until(() -> watcher.heard().size() >= monitors.length);
        house.quiet();
        var told = new HashSet<MonitorRef>();
        for (var news : watcher.heard()) {
            var down = (Down) news;
            assertThat(told.add(down.monitor())).as("%s came once", down).isTrue();
            reasons.merge(down.reason(), 1, Integer::sum);
        }
        assertThat(told).hasSize(monitors.length);
        assertThat(watcher.info().monitors()).isEmpty();
        watcher.heard().clear();
    }

    @Test
    void after_demonitor_and_flush_nothing_is_told_of_a_death_that_crossed_it() {
        var watcher = house.puppet();
        var killer = house.puppet();
        var wasActive = new int[2];
        for (int done = 0; done < Duel.rounds(300_000); done += BATCH) {
            var targets = targets(BATCH);
            var monitors = new MonitorRef[BATCH];
            watcher.does(
                    context -> {
                        for (int i = 0; i < BATCH; i++) {
                            monitors[i] = context.monitor(targets[i].pid(), news -> news);
                        }
                    });
            Duel.fight(
                    watcher,
                    (context, round) ->
                            wasActive[context.demonitorAndFlush(monitors[round]) ? 1 : 0]++,
                    killer,
                    (context, round) -> end(context, targets[round], round / 50),
                    BATCH);
            house.quiet();
            assertThat(watcher.heard()).isEmpty();
            assertThat(watcher.info().monitors()).isEmpty();
        }
        assertThat(wasActive).doesNotContain(0);
    }

    @Test
    void a_watcher_that_dies_while_it_monitors_leaves_nothing_at_its_target() {
        var target = house.puppet();
        var maker = house.puppet();
        var killer = house.puppet();
        int batch = 5_000;
        ActorFactory<Object> watching =
                context -> {
                    for (int i = 0; i < 5; i++) {
                        context.monitor(target.pid(), news -> news);
                    }
                    return message -> {};
                };
        for (int done = 0; done < Duel.rounds(100_000); done += batch) {
            @SuppressWarnings("unchecked")
            ActorRef<Object>[] watchers = new ActorRef[batch];
            Duel.fight(
                    maker,
                    (context, round) -> watchers[round] = context.spawn(watching),
                    killer,
                    (context, round) -> {
                        if (round > 0) {
                            context.kill(watchers[round - 1].pid());
                        }
                    },
                    batch);
            house.node().kill(watchers[batch - 1].pid());
            house.quiet();
            assertThat(target.info().monitoredBy()).isZero();
        }
    }

    @Test
    void an_end_waited_for_from_outside_is_told_once_however_it_is_raced() {
        var waiting = house.puppet();
        var killer = house.puppet();
        for (int done = 0; done < Duel.rounds(100_000); done += BATCH) {
            var targets = targets(BATCH);
            @SuppressWarnings("unchecked")
            java.util.concurrent.CompletableFuture<ExitReason>[] ends =
                    new java.util.concurrent.CompletableFuture[BATCH];
            Duel.fight(
                    waiting,
                    (context, round) -> ends[round] = house.node().ended(targets[round].pid()),
                    killer,
                    (context, round) -> end(context, targets[round], round / 50),
                    BATCH);
            for (var end : ends) {
                assertThat(Waiting.of(end)).isIn(KILLED, NORMAL, NO_PROCESS);
            }
        }
    }
}
