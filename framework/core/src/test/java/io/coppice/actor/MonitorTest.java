package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.NO_PROCESS;
import static io.coppice.process.ExitReason.SHUTDOWN;
import static io.coppice.process.ExitReason.crashed;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.EveryExecutor;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.MonitorRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HashSet;
import java.util.stream.Stream;

/** Monitors: news of one end, for one side. */
@EveryExecutor
class MonitorTest {

    private static final ExitReason BOOM = custom("boom");

    @RegisterExtension private final House house;

    private final Kind kind;

    MonitorTest(Kind kind, int workers) {
        this.kind = kind;
        this.house = new House().withWorkers(workers);
    }

    private static MonitorRef monitor(Puppet watcher, Puppet target) {
        return watcher.ask(context -> context.monitor(target.pid(), news -> news));
    }

    private void end(Puppet puppet, ExitReason reason) {
        puppet.tell(context -> context.stop(reason));
        assertThat(puppet.end()).isEqualTo(reason);
        house.quiet();
    }

    static Stream<ExitReason> reasons() {
        return Stream.of(
                NORMAL, SHUTDOWN, KILLED, NO_PROCESS, BOOM, crashed(new AssertionError("x")));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void a_monitor_tells_once_why_its_target_ended(ExitReason reason) {
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        var monitor = monitor(watcher, target);
        end(target, reason);

        assertThat(watcher.heard()).containsExactly(new Down(monitor, reason));
        assertThat(watcher.info().monitors()).isEmpty();
    }

    @Test
    void a_monitor_tells_of_a_kill() {
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        var monitor = monitor(watcher, target);
        house.node().kill(target.pid());

        assertThat(watcher.hears()).isEqualTo(new Down(monitor, KILLED));
    }

    @Test
    void monitors_stack() {
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        var expected = new HashSet<Object>();
        for (int i = 0; i < 20; i++) {
            expected.add(new Down(monitor(watcher, target), BOOM));
        }
        end(target, BOOM);

        assertThat(expected).hasSize(20);
        assertThat(watcher.heard()).hasSize(20).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void a_monitor_does_nothing_to_its_target() {
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        monitor(watcher, target);
        end(watcher, BOOM);

        assertThat(target.isAlive()).isTrue();
        assertThat(target.heard()).isEmpty();
        assertThat(target.info().monitoredBy())
                .as("monitors of a watcher that is gone") // one is the puppet's own future
                .isLessThanOrEqualTo(1);
    }

    @Test
    void a_monitor_of_the_dead_tells_at_once_that_there_is_no_process() {
        var watcher = house.puppet(kind);
        var dead = house.corpse(BOOM);
        var monitor = watcher.ask(context -> context.monitor(dead, news -> news));

        assertThat(watcher.hears()).isEqualTo(new Down(monitor, NO_PROCESS));
        assertThat(monitor.pid()).contains(dead);
        assertThat(watcher.info().monitors()).isEmpty();
    }

    @Test
    void a_process_that_is_killed_and_then_monitored_was_no_process() {
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        var monitor =
                watcher.ask(
                        context -> {
                            context.kill(target.pid());
                            return context.monitor(target.pid(), news -> news);
                        });

        assertThat(watcher.hears()).isEqualTo(new Down(monitor, NO_PROCESS));
    }

    @Test
    void a_monitor_of_oneself_never_fires_and_is_not_listed() {
        var process = house.puppet(kind);
        var monitor = monitor(process, process);

        assertThat(process.info().monitors()).isEmpty();
        assertThat(process.<Boolean>ask(context -> context.demonitor(monitor))).isFalse();
        end(process, NORMAL);
        assertThat(process.heard()).isEmpty();
    }

    @Test
    void a_link_and_a_monitor_of_the_same_process_both_tell() {
        var watcher = house.puppet(kind).trapping();
        var target = house.child(watcher, kind);
        var monitor = monitor(watcher, target);
        end(target, BOOM);

        assertThat(watcher.heard())
                .containsExactlyInAnyOrder(new Exited(target.pid(), BOOM), new Down(monitor, BOOM));
    }

    // By name

    @Test
    void a_monitor_by_name_is_bound_to_the_process_that_has_the_name_then() {
        var name = Name.<Object>of("post");
        var watcher = house.puppet(kind);
        var first = house.puppet(kind);
        var second = house.puppet(kind);
        house.node().registry().register(name, first.ref());
        var monitor = watcher.ask(context -> context.monitor(name, news -> news));
        house.node().registry().unregister(name);
        house.node().registry().register(name, second.ref());

        assertThat(monitor.pid()).contains(first.pid());
        assertThat(monitor.name()).contains("post");
        end(second, BOOM);
        assertThat(watcher.heard()).isEmpty();
        end(first, custom("first"));
        assertThat(watcher.heard()).containsExactly(new Down(monitor, custom("first")));
    }

    @Test
    void a_monitor_by_a_name_that_nobody_has_tells_at_once_that_there_is_no_process() {
        var watcher = house.puppet(kind);
        var monitor = watcher.ask(context -> context.monitor(Name.of("nobody"), news -> news));

        assertThat(watcher.hears()).isEqualTo(new Down(monitor, NO_PROCESS));
        assertThat(monitor.pid()).isEmpty();
        assertThat(monitor.name()).contains("nobody");
        assertThat(watcher.info().monitors()).isEmpty();
    }

    @Test
    void a_monitor_by_name_of_oneself_never_fires() {
        var name = Name.<Object>of("me");
        var process = house.puppet(kind);
        house.node().registry().register(name, process.ref());
        process.does(context -> context.monitor(name, news -> news));
        house.quiet();

        assertThat(process.heard()).isEmpty();
        assertThat(process.info().monitors()).isEmpty();
    }

    // Taken back

    @Test
    void after_demonitor_nothing_is_told() {
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        var kept = monitor(watcher, target);
        var monitor = monitor(watcher, target);

        assertThat(watcher.<Boolean>ask(context -> context.demonitor(monitor))).isTrue();
        assertThat(watcher.<Boolean>ask(context -> context.demonitor(monitor))).isFalse();
        end(target, BOOM);

        assertThat(watcher.heard()).containsExactly(new Down(kept, BOOM));
    }

    @Test
    void demonitor_keeps_news_that_waits_and_says_that_it_has_fired() {
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        var monitor = monitor(watcher, target);
        boolean active =
                watcher.ask(
                        context -> {
                            endMeanwhile(target, watcher);
                            return context.demonitor(monitor);
                        });

        assertThat(active).isFalse();
        assertThat(watcher.hears()).isEqualTo(new Down(monitor, BOOM));
    }

    @Test
    void demonitor_and_flush_takes_its_news_out_of_the_mailbox_and_no_other() {
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        var kept = monitor(watcher, target);
        var monitor = monitor(watcher, target);
        boolean active =
                watcher.ask(
                        context -> {
                            endMeanwhile(target, watcher);
                            return context.demonitorAndFlush(monitor);
                        });
        house.quiet();

        assertThat(active).isFalse();
        assertThat(watcher.heard()).containsExactly(new Down(kept, BOOM));
    }

    @Test
    void demonitor_and_flush_of_one_that_has_not_fired_says_so() {
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        var monitor = monitor(watcher, target);

        assertThat(watcher.<Boolean>ask(context -> context.demonitorAndFlush(monitor))).isTrue();
        end(target, BOOM);
        assertThat(watcher.heard()).isEmpty();
    }

    private void endMeanwhile(Puppet target, Puppet watcher) {
        target.tell(context -> context.stop(BOOM));
        Waiting.until("the watcher having been told")
                .until(() -> watcher.info().monitors().isEmpty());
    }

    @Test
    void a_monitor_of_another_process_cannot_be_taken_back() {
        var watcher = house.puppet(kind);
        var stranger = house.puppet(kind);
        var target = house.puppet(kind);
        var monitor = monitor(watcher, target);

        assertThatThrownBy(() -> stranger.does(context -> context.demonitor(monitor)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(stranger.toString());
        assertThatThrownBy(() -> stranger.does(context -> context.demonitor(new Forged())))
                .isInstanceOf(IllegalArgumentException.class);
        end(target, BOOM);
        assertThat(watcher.heard()).hasSize(1);
    }

    private static final class Forged implements MonitorRef {
        @Override
        public java.util.Optional<io.coppice.process.Pid> pid() {
            return java.util.Optional.empty();
        }

        @Override
        public java.util.Optional<String> name() {
            return java.util.Optional.empty();
        }
    }

    @Test
    void the_function_is_called_in_the_process_when_the_turn_has_come() {
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        watcher.does(
                context ->
                        context.monitor(
                                target.pid(), news -> context.self() + " heard " + news.reason()));
        end(target, BOOM);

        assertThat(watcher.hears()).isEqualTo(watcher + " heard boom");
    }

    @Test
    void a_function_that_throws_crashes_the_watcher() {
        var boom = new StackOverflowError("thrown on purpose");
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        watcher.does(
                context ->
                        context.monitor(
                                target.pid(),
                                news -> {
                                    throw boom;
                                }));
        end(target, BOOM);

        assertThat(watcher.end()).isEqualTo(crashed(boom));
    }

    @Test
    void news_and_messages_of_one_process_arrive_in_the_order_in_which_they_were_sent() {
        var watcher = house.puppet(kind);
        var target = house.puppet(kind);
        var monitor = monitor(watcher, target);
        target.tell(
                context -> {
                    for (int i = 0; i < 1_000; i++) {
                        watcher.ref().send(i);
                    }
                    throw context.stop(BOOM);
                });
        target.end();

        for (int i = 0; i < 1_000; i++) {
            assertThat(watcher.hears()).isEqualTo(i);
        }
        assertThat(watcher.hears()).isEqualTo(new Down(monitor, BOOM));
    }
}
