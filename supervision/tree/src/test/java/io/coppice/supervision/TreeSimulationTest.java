package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ShutdownMode.patiently;
import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;
import static io.coppice.supervision.TreeView.State.RUNNING;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.testkit.Faults;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Search;
import io.coppice.testkit.Simulated;
import io.coppice.testkit.Simulation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Trees of production, under every schedule that is tried. */
class TreeSimulationTest {

    private static final ActorFactory<String> WORKER = context -> message -> {};

    private static TreeView view(Node node) {
        return TreeView.of(node, node.root().orElseThrow()).orElseThrow();
    }

    private static Pid pid(TreeView tree, String... path) {
        var at = tree;
        for (var id : path) {
            at = at.children().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
        }
        return at.live().orElseThrow().pid().orElseThrow();
    }

    @Simulated
    void after_two_kills_those_are_restarted_that_the_strategies_say(Simulation simulation) {
        var node = simulation.start(ShopTest.SHOP);
        var before = view(node);

        node.kill(pid(before, "ledger"));
        node.kill(pid(before, "orders", "inbox"));
        simulation.settle();

        var change = TreeChange.between(before, view(node));
        assertThat(change.restarted())
                .containsExactly("shop/ledger", "shop/orders/inbox", "shop/orders/router");
        assertThat(change.untouched()).containsExactly("shop", "shop/orders", "shop/audit");
        assertThat(change.gone()).isEmpty();
        assertThat(change.added()).isEmpty();
    }

    private static Supervisor tree() {
        var inner =
                supervisor("inner", ONE_FOR_ALL)
                        .restarts(20, ofSeconds(9))
                        .children(worker("d", WORKER), worker("e", WORKER));
        var outer =
                supervisor("outer", REST_FOR_ONE)
                        .restarts(20, ofSeconds(9))
                        .children(worker("a", WORKER), inner, worker("b", WORKER));
        return supervisor("top", ONE_FOR_ONE)
                .restarts(20, ofSeconds(9))
                .children(worker("c", WORKER), outer);
    }

    @Simulated(depth = 3)
    void a_tree_comes_up_again_whoever_is_killed_whenever_and_by_whom(Simulation simulation) {
        var node = simulation.start(tree());
        ActorFactory<Pid> murderer = context -> context::kill;
        var tree = view(node);
        for (var victim : victims(tree)) {
            node.spawn(murderer).send(victim);
        }
        simulation.settle();
        assertRunning(view(node));
        assertThat(TreeChange.between(tree, view(node)).untouched()).containsExactly("top");
        node.stop(Duration.ofMinutes(1));
        assertThat(node.processes()).isZero();
    }

    private static List<Pid> victims(TreeView tree) {
        return List.of(
                pid(tree, "outer", "a"),
                pid(tree, "outer", "inner", "d"),
                pid(tree, "c"),
                pid(tree, "outer"),
                pid(tree, "outer", "inner"),
                pid(tree, "outer", "inner", "e"),
                pid(tree, "outer", "b"));
    }

    @Simulated(depth = 2)
    void a_tree_starts_whole_or_not_at_all_whoever_is_killed_meanwhile(Simulation simulation) {
        simulation.faults(Faults.none().kill("a").kill("inner").kill("e").kill("top"));
        Node node;
        try {
            node = simulation.start(tree());
        } catch (StartFailure killedInInit) {
            simulation.calm();
            simulation.settle(); // a kill may still be on its way round
            assertThat(simulation.node().processes()).isZero();
            return;
        }
        simulation.calm();
        simulation.settle();
        node.root().flatMap(root -> TreeView.of(node, root)).ifPresent(it -> assertRunning(it));
    }

    private static void assertRunning(TreeView part) {
        part.live().ifPresent(live -> assertThat(live.state()).as(part.id()).isEqualTo(RUNNING));
        part.children().forEach(TreeSimulationTest::assertRunning);
    }

    /** Code that counts how many of it run at once, and takes a while to come back. */
    private static Child.Run slowToLeave(AtomicInteger running, AtomicInteger most) {
        return node -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                node.await(new CompletableFuture<>());
            } catch (InterruptedException told) {
                assertThatThrownBy(() -> node.await(new CompletableFuture<>(), ofSeconds(1)))
                        .isInstanceOf(TimeoutException.class);
            }
            running.decrementAndGet();
        };
    }

    @Simulated(depth = 3)
    void a_loop_runs_once_at_a_time_whoever_is_killed_whenever(Simulation simulation) {
        simulation.faults(Faults.none().kill("sweeper").kill("sweeper (loop)").kill("inner"));
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var sweeper = Child.loop("sweeper", slowToLeave(running, most)).name(Name.of("sweeper"));
        var inner = supervisor("inner", ONE_FOR_ONE).restarts(9, ofSeconds(9)).children(sweeper);
        Node node;
        try {
            node =
                    simulation.start(
                            supervisor("top", ONE_FOR_ONE)
                                    .restarts(9, ofSeconds(9))
                                    .children(inner));
        } catch (StartFailure killedInInit) {
            return;
        }
        simulation.advance(ofSeconds(9)); // three kills, each of which is waited out
        simulation.calm();
        simulation.advance(ofSeconds(9));
        assertThat(most).hasValue(1);
        assertThat(running).hasValue(1);
        node.stop(ofSeconds(9));
        assertThat(running).hasValue(0);
        assertThat(node.processes()).isZero();
    }

    @Simulated
    void a_stop_ends_children_in_reverse_order(Simulation simulation) {
        var node = simulation.start(ShopTest.SHOP);
        var report = node.stop(Duration.ofMinutes(1));
        assertThat(report.reason()).isEqualTo(ExitReason.SHUTDOWN);
        assertThat(report.stopped())
                .extracting(stopped -> stopped.process().label())
                .containsExactly("audit", "router", "inbox", "orders", "ledger", "shop");
        assertThat(node.processes()).isZero();
    }

    @Test
    void a_supervisor_that_is_killed_stands_in_the_report_before_who_is_stopped_next() {
        ActorFactory<Object> deaf =
                context -> {
                    context.trapExits(exited -> exited);
                    return message -> {};
                };
        var busy =
                supervisor("busy", ONE_FOR_ONE)
                        .shutdown(within(Duration.ofMillis(10)))
                        .children(worker("deaf", deaf).shutdown(patiently()));
        var tree = supervisor("top", ONE_FOR_ONE).children(worker("first", WORKER), busy);
        var findings =
                Hunt.of(
                                simulation -> {
                                    var node = simulation.start(tree);
                                    var report = node.stop(Duration.ofMinutes(1));
                                    assertThat(report.stopped())
                                            .extracting(stopped -> stopped.process().label())
                                            .filteredOn(label -> !label.equals("deaf"))
                                            .containsExactly("busy", "first", "top");
                                })
                        .withSearch(Search.exhaustive(2))
                        .withSchedules(20_000)
                        .run();
        assertThat(findings.failure()).isEmpty();
    }

    @Test
    void the_order_of_a_boot_is_the_same_under_all_schedules() {
        var findings =
                Hunt.of(
                                simulation -> {
                                    var node = simulation.start(ShopTest.SHOP);
                                    assertThat(List.of(view(node)))
                                            .allSatisfy(TreeSimulationTest::assertRunning);
                                })
                        .withSearch(Search.exhaustive(1))
                        .withSchedules(20_000)
                        .run();
        assertThat(findings.failure()).isEmpty();
        assertThat(findings.complete()).isTrue();
    }
}
